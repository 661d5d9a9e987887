/// One word or phrase of a search; all must be found in a record.
struct SOSLTerm: Sendable, Hashable {
    /// The words in lower case, each perhaps with `*` for any letters and `?` for one.
    var words: [[UInt8]]

    /// How many letters it asks for at least.
    var letters: Int {
        self.words.reduce(0) { $0 + $1.count { $0 != UInt8(ascii: "*") } }
    }

    /// Words, and phrases in quotes; the operator AND says what is so without it.
    static func parse(_ text: String) -> [SOSLTerm] {
        var terms: [SOSLTerm] = []
        var (current, isQuoted, isEscaped) = ("", false, false)
        func close() {
            let words = Self.words(current, keepsWildcards: true)
            if !words.isEmpty, isQuoted || current.uppercased() != "AND" {
                terms.append(SOSLTerm(words: words))
            }
            current = ""
        }
        for character in text {
            if isEscaped {
                current.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                close()
                isQuoted.toggle()
            } else if character.isWhitespace, !isQuoted {
                close()
            } else {
                current.append(character)
            }
        }
        close()
        return terms
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
