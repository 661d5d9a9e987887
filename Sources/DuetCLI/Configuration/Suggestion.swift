/// Finds what somebody meant to write.
package enum Suggestion {
    /// "Did you mean `x`?" where one of the words is at most two edits away, else all of them.
    package static func text(for word: String, among words: [String]) -> String {
        if let near = Suggestion.nearest(to: word, among: words) {
            return "Did you mean `\(near)`?"
        }
        let all = words.sorted().map { "`\($0)`" }.joined(separator: ", ")
        return words.count <= 20 ? "Known here: \(all)." : "It is not known here."
    }

    package static func nearest(to word: String, among words: [String]) -> String? {
        let lowered = Array(word.lowercased())
        let ranked = words.sorted().map {
            (Suggestion.distance(lowered, Array($0.lowercased())), $0)
        }
        guard let best = ranked.min(by: { $0.0 < $1.0 }), best.0 <= 2 else { return nil }
        return best.1
    }

    /// The number of letters to insert, remove or replace.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (lineIndex, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = lineIndex + 1
            for (place, other) in right.enumerated() {
                let replaced = diagonal + (letter == other ? 0 : 1)
                diagonal = row[place + 1]
                row[place + 1] = min(replaced, min(row[place], diagonal) + 1)
            }
        }
        return row[right.count]
    }
}
