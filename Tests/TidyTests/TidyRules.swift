/// The house rules that a machine can check, as functions on a file's lines.
enum TidyRules {
    /// Calls that leave the simulator's executor, its time or its seed.
    static let banned: [(call: String, use: String)] = [
        ("Task {", "a task group under run()"),
        ("Task.detached", "a task group under run()"),
        ("Task.sleep", "TimeSource.sleep"),
        ("DispatchQueue", "an actor"),
        ("Date()", "TimeSource.wallMilliseconds"),
        ("Date.now", "TimeSource.wallMilliseconds"),
        ("UUID()", "a RandomSource"),
        ("SystemRandomNumberGenerator", "a RandomSource"),
        (".random(in:", "a RandomSource"),
        ("ContinuousClock", "TimeSource"),
    ]

    /// Lines that use a banned call, as "line: call, use …".
    static func bannedCalls(_ lines: [String]) -> [String] {
        lines.enumerated().flatMap { number, line -> [String] in
            let code = Self.code(of: line)
            return Self.banned.filter { Self.contains(code, $0.call) }.map {
                "\(number + 1): \($0.call) is banned, use \($0.use)"
            }
        }
    }

    /// Functions longer than the limit, as "line: length".
    static func longFunctions(_ lines: [String], max: Int) -> [String] {
        var problems: [String] = []
        var start: (line: Int, indent: Int)?
        for (number, line) in lines.enumerated() {
            let indent = line.prefix { $0 == " " }.count
            let text = line.dropFirst(indent)
            if start == nil, Self.opensFunction(text) { start = (number, indent) }
            guard let open = start, indent == open.indent, text == "}" || text.hasSuffix(" }")
            else {
                continue
            }
            let length = number - open.line + 1
            if length > max { problems.append("\(open.line + 1): a function of \(length) lines") }
            start = nil
        }
        return problems
    }

    /// The names of the top-level types that a file declares.
    static func topLevelTypes(_ lines: [String]) -> [String] {
        let kinds = ["struct", "class", "enum", "actor", "protocol"]
        return lines.compactMap { line in
            guard line.first.map({ $0 != " " && $0 != "/" && $0 != "}" }) ?? false else {
                return nil
            }
            let words = line.split(whereSeparator: { " :<({,".contains($0) }).map(String.init)
            guard !words.contains("extension"), !words.contains("private"),
                !words.contains("fileprivate"),
                let place = words.firstIndex(where: { kinds.contains($0) }),
                words.indices.contains(place + 1)
            else { return nil }
            return words[place + 1]
        }
    }

    /// The names of a type's own functions in their order, each once.
    static func functions(_ lines: [String]) -> [String] {
        var names: [String] = []
        for line in lines where line.prefix(while: { $0 == " " }).count == 4 {
            guard let start = line.firstRange(of: "func ") else { continue }
            let name = String(line[start.upperBound...].prefix { $0.isLetter || $0.isNumber })
            if !line.contains("//"), !names.contains(name) { names.append(name) }
        }
        return names
    }

    private static func opensFunction(_ text: Substring) -> Bool {
        let words = text.split(separator: " ")
        let isFunction = words.contains("func") || words.contains { $0.hasPrefix("init(") }
        return isFunction && !text.hasPrefix("//") && !text.hasSuffix("}")
    }

    private static func code(of line: String) -> String {
        let trimmed = line.drop { $0 == " " }
        return trimmed.hasPrefix("//") ? "" : String(trimmed)
    }

    /// Whether the call stands there as a word of its own.
    private static func contains(_ code: String, _ call: String) -> Bool {
        var rest = code[...]
        while let range = rest.firstRange(of: call) {
            let before = rest[..<range.lowerBound].last
            let isWord = before.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
            if call.hasPrefix(".") || !isWord { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }
}
