/// Finds what somebody may have meant.
enum Nearest {
    /// The known path whose last name is most like the wrong one's.
    ///
    /// Among equals the one that stands nearest, then the first.
    static func path(to wrong: String, among known: [String]) -> String? {
        let (places, name) = Self.split(wrong)
        return known.min { left, right in
            let (one, other) = (Self.split(left), Self.split(right))
            let distances = (Self.score(one.name, name), Self.score(other.name, name))
            guard distances.0 == distances.1 else { return distances.0 < distances.1 }
            return Self.strangers(one.places, places) < Self.strangers(other.places, places)
        }
    }

    /// The known name that is most like the wrong one; the first among equals.
    static func name(to wrong: String, among known: [String]) -> String? {
        known.min { Self.score($0, wrong) < Self.score($1, wrong) }
    }

    private static func split(_ path: String) -> (places: [Substring], name: String) {
        let parts = path.split(separator: ".")
        return (parts.dropLast(), parts.last.map(String.init) ?? "")
    }

    /// How many names of the two ways are not common to both.
    private static func strangers(_ one: [Substring], _ other: [Substring]) -> Int {
        let common = zip(one, other).prefix { $0 == $1 }.count
        return one.count + other.count - 2 * common
    }

    /// How far two names are apart; a part of a name stands for the whole.
    private static func score(_ known: String, _ wrong: String) -> Int {
        let distance = Self.distance(known, wrong)
        let isPart = wrong.count >= 4 && known.lowercased().contains(wrong.lowercased())
        return isPart ? min(distance, 2) : distance
    }

    /// Letters to add, drop or change, without regard to case (Levenshtein).
    static func distance(_ one: String, _ other: String) -> Int {
        let (one, other) = (
            Array(one.lowercased().prefix(100)), Array(other.lowercased().prefix(100))
        )
        var row = Array(0...other.count)
        for (line, letter) in one.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for place in other.indices {
                let change = diagonal + (letter == other[place] ? 0 : 1)
                diagonal = row[place + 1]
                row[place + 1] = min(change, diagonal + 1, row[place] + 1)
            }
        }
        return row[other.count]
    }
}
