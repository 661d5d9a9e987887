/// Parses the subset of SOQL that real sync clients send.
struct SOQLParser {
    /// A statement may hold 100,000 characters.
    static let statementMax = 100_000
    /// How deep parentheses and statements may lie in each other; nobody's text gives a number.
    private static let depthMax = 100
    /// A parent's name that stands for more steps is no name: they could not be followed.
    private static let parentsMax = 5
    private static let reserved: Set<String> = [
        "WHERE", "ORDER", "LIMIT", "OFFSET", "FROM", "AND", "OR", "USING", "GROUP", "HAVING", "FOR",
        "WITH",
    ]

    let statement: [UInt8]
    private let tokens: [SOQLToken]
    private var place = 0
    private var depth = 0
    /// What FROM calls parents, in lower case, and the path that each stands for.
    private var parents: [String: [String]] = [:]

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

    var current: SOQLToken { self.tokens[self.place] }

    /// Runs a part of the grammar that may hold itself.
    mutating func nested<Result>(
        _ body: (inout SOQLParser) throws(RequestFailure) -> Result
    ) throws(RequestFailure) -> Result {
        guard self.depth < Self.depthMax else {
            throw RequestFailure(
                "QUERY_TOO_COMPLICATED",
                "Query is either selecting too many fields or the filter conditions are too "
                    + "complicated."
            )
        }
        self.depth += 1
        defer { self.depth -= 1 }
        return try body(&self)
    }

    mutating func query() throws(RequestFailure) -> SOQLQuery {
        var query = SOQLQuery()
        let outer = self.parents
        defer { self.parents = outer }
        try self.expect("SELECT")
        self.parents = self.parentNames()
        repeat {
            query.items.append(try self.item())
        } while self.takeSymbol(",")
        try self.expect("FROM")
        query.objectOffset = self.current.offset
        query.object = try self.objectName()
        _ = self.take("AS")
        query.alias = self.alias()
        while self.takeSymbol(",") {
            _ = try self.name()
            _ = self.take("AS")
            guard self.alias() != nil else { throw self.unexpected() }
        }
        if self.take("USING") {
            try self.expect("SCOPE")
            _ = try self.name()
        }
        if self.take("WHERE") { query.condition = try self.condition() }
        if self.take("GROUP") { try self.groups(&query) }
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
        if self.take("FOR") {
            guard self.take("VIEW") || self.take("REFERENCE") || self.take("UPDATE") else {
                throw self.unexpected()
            }
        }
        return query
    }

    /// The names of parents in this statement's FROM: `Contact c, c.Account a` calls `Account` `a`.
    ///
    /// The list before FROM uses them already, so they are looked for ahead; what is no such list is
    /// refused when the parser comes to it.
    private func parentNames() -> [String: [String]] {
        var (place, depth) = (self.place, 0)
        while place < self.tokens.count {
            switch self.tokens[place].kind {
            case .symbol("("): depth += 1
            case .symbol(")"): depth -= 1
            case .word(let word) where depth == 0 && word.uppercased() == "FROM":
                return self.parentNames(after: place)
            case .word, .symbol, .string, .number, .end: break
            }
            guard depth >= 0 else { break }
            place += 1
        }
        return [:]
    }

    private func parentNames(after from: Int) -> [String: [String]] {
        var words: [[String]] = [[]]
        loop: for token in self.tokens[(from + 1)...] {
            switch token.kind {
            case .symbol(","): words.append([])
            case .word(let word) where Self.reserved.contains(word.uppercased()): break loop
            case .word(let word) where word.uppercased() != "AS":
                words[words.count - 1].append(word)
            case .word: continue
            case .symbol, .string, .number, .end: break loop
            }
        }
        var names: [String: [String]] = [:]
        let own = Set(words[0].map { $0.lowercased() })
        for pair in words.dropFirst() where pair.count == 2 {
            var path = pair[0].split(separator: ".").map(String.init)
            guard let first = path.first?.lowercased() else { continue }
            if path.count > 1, own.contains(first) {
                path.removeFirst()
            } else if let known = names[first] {
                path.replaceSubrange(0..<1, with: known)
            }
            if path.count <= Self.parentsMax { names[pair[1].lowercased()] = path }
        }
        return names
    }

    private mutating func groups(_ query: inout SOQLQuery) throws(RequestFailure) {
        try self.expect("BY")
        let start = self.place
        for subtotals in [SOQLQuery.Subtotals.rollup, .cube] where query.subtotals == nil {
            if self.take(subtotals.rawValue), self.takeSymbol("(") { query.subtotals = subtotals }
        }
        if query.subtotals == nil { self.place = start }
        repeat {
            query.groups.append(try self.expression())
        } while self.takeSymbol(",")
        if query.subtotals != nil { try self.expectSymbol(")") }
        if self.take("HAVING") { query.having = try self.condition() }
    }

    private mutating func item() throws(RequestFailure) -> SOQLQuery.Item {
        if self.takeSymbol("(") {
            let inner = try self.nested { (parser) throws(RequestFailure) in try parser.query() }
            try self.expectSymbol(")")
            return .children(inner)
        }
        if self.take("TYPEOF") { return .typeOf(try self.typeOf()) }
        let start = self.place
        if self.take("COUNT"), self.takeSymbol("("), self.takeSymbol(")") { return .count }
        self.place = start
        if self.take("FIELDS"), self.takeSymbol("(") {
            let which = try self.name().uppercased()
            try self.expectSymbol(")")
            guard ["ALL", "STANDARD", "CUSTOM"].contains(which) else { throw self.unexpected() }
            return .fields(which)
        }
        self.place = start
        let expression = try self.expression()
        return .expression(expression, alias: self.alias())
    }

    /// A field or a function of one.
    mutating func expression() throws(RequestFailure) -> SOQLQuery.Expression {
        let start = self.current.offset
        let word = try self.name()
        guard self.takeSymbol("(") else {
            let path = SOQLQuery.Path(parts: self.parts(word), offset: start)
            return SOQLQuery.Expression(path: path)
        }
        guard let function = SOQLFunction(rawValue: word.uppercased()) else {
            throw self.malformed("unexpected token: '\(word)'", at: start)
        }
        let path = try self.path()
        try self.expectSymbol(")")
        return SOQLQuery.Expression(function: function, path: path)
    }

    /// Two objects have the names of keywords.
    private mutating func objectName() throws(RequestFailure) -> String {
        guard case .word(let word) = self.current.kind,
            ["GROUP", "ORDER"].contains(word.uppercased())
        else { return try self.name() }
        self.place += 1
        return word
    }

    /// A name that the statement gives to what stands before it.
    private mutating func alias() -> String? {
        guard case .word(let word) = self.current.kind, !Self.reserved.contains(word.uppercased())
        else { return nil }
        self.place += 1
        return word
    }

    private mutating func orderTerm() throws(RequestFailure) -> SOQLQuery.Order {
        var order = SOQLQuery.Order(expression: try self.expression())
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

    /// Steps over the current token.
    mutating func advance() {
        self.place += 1
    }

    /// Whether the token after the current one is that keyword.
    func isNextWord(_ keyword: String) -> Bool {
        guard self.place + 1 < self.tokens.count,
            case .word(let word) = self.tokens[self.place + 1].kind
        else { return false }
        return word.uppercased() == keyword
    }

    mutating func path() throws(RequestFailure) -> SOQLQuery.Path {
        let start = self.current.offset
        return SOQLQuery.Path(parts: self.parts(try self.name()), offset: start)
    }

    mutating func name() throws(RequestFailure) -> String {
        guard case .word(let word) = self.current.kind, !Self.reserved.contains(word.uppercased())
        else { throw self.unexpected() }
        self.place += 1
        return word
    }

    /// The parts of a path, with the name of a parent spelled out.
    private func parts(_ word: String) -> [String] {
        let parts = word.split(separator: ".").map(String.init)
        guard parts.count > 1, let path = self.parents[parts[0].lowercased()] else { return parts }
        return path + parts.dropFirst()
    }

    func isWord(_ keyword: String) -> Bool {
        guard case .word(let word) = self.current.kind else { return false }
        return word == keyword || word.uppercased() == keyword
    }

    mutating func take(_ keyword: String) -> Bool {
        guard self.isWord(keyword) else { return false }
        self.place += 1
        return true
    }

    mutating func takeSymbol(_ symbol: String) -> Bool {
        guard self.current.kind == .symbol(symbol) else { return false }
        self.place += 1
        return true
    }

    mutating func expect(_ keyword: String) throws(RequestFailure) {
        guard self.take(keyword) else { throw self.unexpected() }
    }

    mutating func expectSymbol(_ symbol: String) throws(RequestFailure) {
        guard self.takeSymbol(symbol) else { throw self.unexpected() }
    }

    func unexpected() -> RequestFailure {
        switch self.current.kind {
        case .word(let text), .number(let text), .symbol(let text):
            self.malformed("unexpected token: '\(text)'")
        case .string(let text): self.malformed("unexpected token: '\(text)'")
        case .end: self.malformed("unexpected token: '<EOF>'")
        }
    }

    func malformed(_ message: String, at offset: Int? = nil) -> RequestFailure {
        SOQLError.malformed(message, self.statement, at: offset ?? self.current.offset)
    }
}
