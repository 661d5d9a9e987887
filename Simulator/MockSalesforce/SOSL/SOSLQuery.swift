/// `FIND {term} IN x FIELDS RETURNING Object(fields WHERE …), … LIMIT n`, taken apart.
struct SOSLQuery: Sendable {
    enum Scope: String, Sendable, Hashable {
        case all = "ALL"
        case name = "NAME"
        case email = "EMAIL"
        case phone = "PHONE"
        case sidebar = "SIDEBAR"
    }

    /// One object of RETURNING, as the SOQL statement that its part stands for.
    struct Returning: Sendable, Hashable {
        var object: String
        var statement: String
    }

    /// A longer term finds nothing.
    private static let termMax = 10_000

    /// `nil` finds nothing.
    var condition: SOSLCondition?
    var scope = Scope.all
    /// Empty where the statement names no object.
    var returning: [Returning] = []
    /// All objects together.
    var limit = 2000

    init(_ statement: String) throws(RequestFailure) {
        var rest = statement[...]
        guard Self.take("FIND", from: &rest), rest.first == "{" else {
            throw Self.malformed("expecting FIND {search term}")
        }
        let term = try Self.braced(&rest)
        let condition = try SOSLTermParser.parse(term)
        guard let condition, condition.letters >= 2 else {
            throw Self.malformed("search term must be longer than one character")
        }
        if term.count <= Self.termMax { self.condition = condition }
        if Self.take("IN", from: &rest) {
            guard let scope = Scope(rawValue: Self.word(&rest).uppercased()),
                Self.take("FIELDS", from: &rest)
            else { throw Self.malformed("expecting ALL, NAME, EMAIL, PHONE or SIDEBAR FIELDS") }
            self.scope = scope
        }
        if Self.take("RETURNING", from: &rest) {
            repeat {
                self.returning.append(try Self.returning(&rest))
            } while Self.takeSymbol(",", from: &rest)
        }
        if Self.take("LIMIT", from: &rest) {
            guard let limit = Int(Self.word(&rest)), (1...2000).contains(limit) else {
                throw Self.malformed("LIMIT takes a number from 1 to 2000")
            }
            self.limit = limit
        }
        guard rest.isEmpty else { throw Self.malformed("unexpected token: \(Self.word(&rest))") }
    }

    static func malformed(_ message: String) -> RequestFailure {
        RequestFailure("MALFORMED_SEARCH", message)
    }

    // MARK: - Reading

    /// What stands between the braces; a backslash takes the meaning from the character after it.
    private static func braced(_ rest: inout Substring) throws(RequestFailure) -> String {
        var text = ""
        var isEscaped = false
        for index in rest.indices.dropFirst() {
            let character = rest[index]
            if !isEscaped, character == "}" {
                rest = rest[rest.index(after: index)...]
                Self.skipBlanks(&rest)
                return text
            }
            isEscaped = !isEscaped && character == "\\"
            text.append(character)
        }
        throw Self.malformed("the search term has no end")
    }

    /// `Contact` or `Contact(Id, Name WHERE … LIMIT 3)`.
    private static func returning(_ rest: inout Substring) throws(RequestFailure) -> Returning {
        let object = Self.word(&rest)
        guard !object.isEmpty else { throw Self.malformed("expecting an object after RETURNING") }
        guard rest.first == "(" else {
            return Returning(object: object, statement: "SELECT Id FROM \(object)")
        }
        var (depth, isQuoted, isEscaped) = (0, false, false)
        for index in rest.indices {
            let character = rest[index]
            if isEscaped {
                isEscaped = false
                continue
            }
            switch character {
            case "\\": isEscaped = isQuoted
            case "'": isQuoted.toggle()
            case "(" where !isQuoted: depth += 1
            case ")" where !isQuoted: depth -= 1
            default: break
            }
            guard depth == 0 else { continue }
            let inner = rest[rest.index(after: rest.startIndex)..<index]
            rest = rest[rest.index(after: index)...]
            Self.skipBlanks(&rest)
            let end = Self.firstClause(inner)
            return Returning(
                object: object,
                statement: "SELECT \(inner[..<end]) FROM \(object) \(inner[end...])"
            )
        }
        throw Self.malformed("a parenthesis after RETURNING is open")
    }

    /// Where the list of fields ends.
    private static func firstClause(_ inner: Substring) -> Substring.Index {
        let clauses: Set<String> = ["WHERE", "ORDER", "LIMIT", "OFFSET", "USING"]
        for word in inner.split(whereSeparator: \.isWhitespace)
        where clauses.contains(word.uppercased()) {
            return word.startIndex
        }
        return inner.endIndex
    }

    private static func word(_ rest: inout Substring) -> String {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        rest = rest[word.endIndex...]
        Self.skipBlanks(&rest)
        return String(word)
    }

    private static func take(_ keyword: String, from rest: inout Substring) -> Bool {
        Self.skipBlanks(&rest)
        var after = rest
        guard Self.word(&after).uppercased() == keyword else { return false }
        rest = after
        return true
    }

    private static func takeSymbol(_ symbol: Character, from rest: inout Substring) -> Bool {
        guard rest.first == symbol else { return false }
        rest = rest.dropFirst()
        Self.skipBlanks(&rest)
        return true
    }

    private static func skipBlanks(_ rest: inout Substring) {
        rest = rest.drop(while: \.isWhitespace)
    }
}
