/// One word or phrase of a search.
struct SOSLTerm: Sendable, Hashable {
    /// The words in lower case, each perhaps with `*` for any letters and `?` for one.
    var words: [[UInt8]]

    /// How many letters it asks for at least.
    var letters: Int {
        self.words.reduce(0) { $0 + $1.count { $0 != UInt8(ascii: "*") } }
    }

    init(_ text: String) {
        self.words = Self.words(text, keepsWildcards: true)
    }

    /// Whether its words follow each other somewhere in the text.
    func isFound(in text: String) -> Bool {
        let own = Self.words(text, keepsWildcards: false)
        guard own.count >= self.words.count else { return false }
        return (0...(own.count - self.words.count)).contains { start in
            zip(self.words, own[start...]).allSatisfy { Self.matches($0[...], $1[...]) }
        }
    }

    private static func matches(_ pattern: ArraySlice<UInt8>, _ word: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return word.isEmpty }
        if first == UInt8(ascii: "*") {
            let rest = pattern.dropFirst()
            return (0...word.count).contains { Self.matches(rest, word.dropFirst($0)) }
        }
        guard let letter = word.first, first == UInt8(ascii: "?") || first == letter else {
            return false
        }
        return Self.matches(pattern.dropFirst(), word.dropFirst())
    }

    private static func words(_ text: String, keepsWildcards: Bool) -> [[UInt8]] {
        text.lowercased().split { character in
            let isWildcard = keepsWildcards && (character == "*" || character == "?")
            return !(character.isLetter || character.isNumber || isWildcard)
        }.map { Array($0.utf8) }
    }
}
