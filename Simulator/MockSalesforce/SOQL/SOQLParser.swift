/// Parses the subset of SOQL that real sync clients send.
struct SOQLParser {
    /// A statement may hold 100,000 characters.
    static let statementMax = 100_000
    private static let reserved: Set<String> = [
        "WHERE", "ORDER", "LIMIT", "OFFSET", "FROM", "AND", "OR", "USING", "GROUP", "FOR", "WITH",
    ]

    let statement: [UInt8]
    private let tokens: [SOQLToken]
    private var place = 0

    private init(_ statement: [UInt8]) throws(RequestFailure) {
        self.statement = statement
        self.tokens = try SOQLLexer.tokens(statement)
    }

    static func parse(_ text: String) throws(RequestFailure) -> SOQLQuery {
        let statement = Array(text.utf8)
        guard statement.count <= Self.statementMax || text.utf16.count <= Self.statementMax else {
            throw RequestFailure(
                "MALFORMED_QUERY",
                "SOQL statements cannot be longer than 100000 characters."
            )
        }
        var parser = try SOQLParser(statement)
        let query = try parser.query()
        guard parser.current.kind == .end else { throw parser.unexpected() }
        return query
    }

    private var current: SOQLToken { self.tokens[self.place] }

    private mutating func query() throws(RequestFailure) -> SOQLQuery {
        var query = SOQLQuery()
        try self.expect("SELECT")
        repeat {
            query.items.append(try self.item())
        } while self.takeSymbol(",")
        try self.expect("FROM")
        query.objectOffset = self.current.offset
        query.object = try self.name()
        // An alias of the object.
        if case .word(let word) = self.current.kind, !Self.reserved.contains(word.uppercased()) {
            self.place += 1
        }
        if self.take("USING") {
            try self.expect("SCOPE")
            _ = try self.name()
        }
        if self.take("WHERE") { query.condition = try self.condition() }
        if self.take("GROUP") { throw self.malformed("GROUP BY is not supported here") }
        if self.take("ORDER") {
            try self.expect("BY")
            repeat {
                query.order.append(try self.orderTerm())
            } while self.takeSymbol(",")
        }
        if self.take("LIMIT") { query.limit = try self.count() }
        if self.take("OFFSET") {
            query.offset = try self.count()
            guard query.offset <= 2000 else {
                throw RequestFailure(
                    "NUMBER_OUTSIDE_VALID_RANGE",
                    "Maximum SOQL offset allowed is 2000"
                )
            }
        }
        return query
    }

    private mutating func item() throws(RequestFailure) -> SOQLQuery.Item {
        let start = self.current.offset
        let word = try self.name()
        guard self.takeSymbol("(") else {
            return .path(SOQLQuery.Path(parts: Self.parts(word), offset: start))
        }
        let function = word.uppercased()
        switch function {
        case "COUNT" where self.takeSymbol(")"): return .count
        case "FIELDS":
            let which = try self.name().uppercased()
            try self.expectSymbol(")")
            guard ["ALL", "STANDARD", "CUSTOM"].contains(which) else { throw self.unexpected() }
            return .fields(which)
        case "COUNT", "MAX", "MIN":
            let path = try self.path()
            try self.expectSymbol(")")
            guard case .word(let alias) = self.current.kind, alias.uppercased() != "FROM" else {
                return .aggregate(function: function, path: path, alias: nil)
            }
            self.place += 1
            return .aggregate(function: function, path: path, alias: alias)
        default: throw self.malformed("unexpected token: '\(word)'", at: start)
        }
    }

    /// Conditions joined by one kind of operator; a mix needs parentheses.
    private mutating func condition() throws(RequestFailure) -> SOQLQuery.Condition {
        var parts = [try self.term()]
        if self.isWord("AND") {
            while self.take("AND") { parts.append(try self.term()) }
            guard !self.isWord("OR") else { throw self.unexpected() }
            return .all(parts)
        }
        if self.isWord("OR") {
            while self.take("OR") { parts.append(try self.term()) }
            guard !self.isWord("AND") else { throw self.unexpected() }
            return .any(parts)
        }
        return parts[0]
    }

    private mutating func term() throws(RequestFailure) -> SOQLQuery.Condition {
        if self.take("NOT") { return .not(try self.term()) }
        if self.takeSymbol("(") {
            let inner = try self.condition()
            try self.expectSymbol(")")
            return inner
        }
        let path = try self.path()
        if self.take("NOT") {
            try self.expect("IN")
            return try self.membership(path, negated: true)
        }
        if self.take("IN") { return try self.membership(path, negated: false) }
        if self.take("INCLUDES") { return .includes(path, negated: false, try self.literals()) }
        if self.take("EXCLUDES") { return .includes(path, negated: true, try self.literals()) }
        let comparison = try self.comparison()
        let start = self.current.offset
        return .compare(path, comparison, try self.literal(), offset: start)
    }

    private mutating func membership(
        _ path: SOQLQuery.Path,
        negated: Bool
    ) throws(RequestFailure) -> SOQLQuery.Condition {
        let start = self.current.offset
        if case .symbol("(") = self.current.kind, self.place + 1 < self.tokens.count,
            case .word(let word) = self.tokens[self.place + 1].kind, word.uppercased() == "SELECT"
        {
            self.place += 1
            let inner = try self.query()
            try self.expectSymbol(")")
            return .semiJoin(path, negated: negated, inner)
        }
        return .member(path, negated: negated, try self.literals(), offset: start)
    }

    private mutating func literals() throws(RequestFailure) -> [SOQLQuery.Literal] {
        try self.expectSymbol("(")
        var literals: [SOQLQuery.Literal] = []
        repeat {
            literals.append(try self.literal())
        } while self.takeSymbol(",")
        try self.expectSymbol(")")
        return literals
    }

    private mutating func comparison() throws(RequestFailure) -> SOQLQuery.Comparison {
        if self.take("LIKE") { return .like }
        guard case .symbol(let symbol) = self.current.kind,
            let comparison = SOQLQuery.Comparison(rawValue: symbol == "<>" ? "!=" : symbol)
        else { throw self.unexpected() }
        self.place += 1
        return comparison
    }

    private mutating func literal() throws(RequestFailure) -> SOQLQuery.Literal {
        let token = self.current
        switch token.kind {
        case .string(let text):
            self.place += 1
            return .string(text)
        case .number(let text):
            self.place += 1
            if let time = SalesforceTime.parse(text) { return .datetime(time) }
            if let day = SalesforceTime.parseDate(text) { return .date(day) }
            guard Double(text) != nil else {
                throw self.malformed("For input string: \"\(text)\"", at: token.offset)
            }
            return .number(text)
        case .word(let word):
            self.place += 1
            switch word.uppercased() {
            case "NULL": return .null
            case "TRUE": return .boolean(true)
            case "FALSE": return .boolean(false)
            case let name where SOQLPeriod.isKnown(name): return .period(name)
            default:
                self.place -= 1
                throw self.unexpected()
            }
        case .symbol, .end: throw self.unexpected()
        }
    }

    private mutating func orderTerm() throws(RequestFailure) -> SOQLQuery.Order {
        var order = SOQLQuery.Order(path: try self.path())
        if self.take("DESC") { order.isAscending = false } else { _ = self.take("ASC") }
        if self.take("NULLS") {
            if self.take("LAST") { order.areNullsFirst = false } else { try self.expect("FIRST") }
        }
        return order
    }

    private mutating func count() throws(RequestFailure) -> Int {
        guard case .number(let text) = self.current.kind, let count = Int(text), count >= 0 else {
            throw self.unexpected()
        }
        self.place += 1
        return count
    }

    private mutating func path() throws(RequestFailure) -> SOQLQuery.Path {
        let start = self.current.offset
        return SOQLQuery.Path(parts: Self.parts(try self.name()), offset: start)
    }

    private mutating func name() throws(RequestFailure) -> String {
        guard case .word(let word) = self.current.kind, !Self.reserved.contains(word.uppercased())
        else { throw self.unexpected() }
        self.place += 1
        return word
    }

    private static func parts(_ word: String) -> [String] {
        word.split(separator: ".").map(String.init)
    }

    private func isWord(_ keyword: String) -> Bool {
        guard case .word(let word) = self.current.kind else { return false }
        return word == keyword || word.uppercased() == keyword
    }

    private mutating func take(_ keyword: String) -> Bool {
        guard self.isWord(keyword) else { return false }
        self.place += 1
        return true
    }

    private mutating func takeSymbol(_ symbol: String) -> Bool {
        guard self.current.kind == .symbol(symbol) else { return false }
        self.place += 1
        return true
    }

    private mutating func expect(_ keyword: String) throws(RequestFailure) {
        guard self.take(keyword) else { throw self.unexpected() }
    }

    private mutating func expectSymbol(_ symbol: String) throws(RequestFailure) {
        guard self.takeSymbol(symbol) else { throw self.unexpected() }
    }

    private func unexpected() -> RequestFailure {
        switch self.current.kind {
        case .word(let text), .number(let text), .symbol(let text):
            self.malformed("unexpected token: '\(text)'")
        case .string(let text): self.malformed("unexpected token: '\(text)'")
        case .end: self.malformed("unexpected token: '<EOF>'")
        }
    }

    private func malformed(_ message: String, at offset: Int? = nil) -> RequestFailure {
        SOQLError.malformed(message, self.statement, at: offset ?? self.current.offset)
    }
}
