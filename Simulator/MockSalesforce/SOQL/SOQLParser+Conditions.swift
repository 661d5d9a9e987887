extension SOQLParser {
    /// Conditions joined by one kind of operator; a mix needs parentheses.
    mutating func condition() throws(RequestFailure) -> SOQLQuery.Condition {
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
        if self.take("NOT") {
            return .not(try self.nested { (parser) throws(RequestFailure) in try parser.term() })
        }
        if self.takeSymbol("(") {
            let inner = try self.nested { (parser) throws(RequestFailure) in
                try parser.condition()
            }
            try self.expectSymbol(")")
            return inner
        }
        let subject = try self.expression()
        if self.take("NOT") {
            try self.expect("IN")
            return try self.membership(subject, negated: true)
        }
        if self.take("IN") { return try self.membership(subject, negated: false) }
        if self.take("INCLUDES") {
            return .includes(subject.path, negated: false, try self.literals())
        }
        if self.take("EXCLUDES") {
            return .includes(subject.path, negated: true, try self.literals())
        }
        let comparison = try self.comparison()
        let start = self.current.offset
        return .compare(subject, comparison, try self.literal(), offset: start)
    }

    private mutating func membership(
        _ subject: SOQLQuery.Expression,
        negated: Bool
    ) throws(RequestFailure) -> SOQLQuery.Condition {
        let start = self.current.offset
        if case .symbol("(") = self.current.kind, self.isNextWord("SELECT") {
            self.advance()
            let inner = try self.nested { (parser) throws(RequestFailure) in try parser.query() }
            try self.expectSymbol(")")
            return .semiJoin(subject.path, negated: negated, inner)
        }
        return .member(subject, negated: negated, try self.literals(), offset: start)
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
        self.advance()
        return comparison
    }

    private mutating func literal() throws(RequestFailure) -> SOQLQuery.Literal {
        let token = self.current
        switch token.kind {
        case .string(let text):
            self.advance()
            return .string(text)
        case .number(let text):
            self.advance()
            if let time = SalesforceTime.parse(text) { return .datetime(time) }
            if let day = SalesforceTime.parseDate(text) { return .date(day) }
            guard Double(text) != nil else {
                throw self.malformed("For input string: \"\(text)\"", at: token.offset)
            }
            return .number(text)
        case .word(let word):
            let literal: SOQLQuery.Literal
            switch word.uppercased() {
            case "NULL": literal = .null
            case "TRUE": literal = .boolean(true)
            case "FALSE": literal = .boolean(false)
            case let name where SOQLPeriod.isKnown(name): literal = .period(name)
            default: throw self.unexpected()
            }
            self.advance()
            return literal
        case .symbol, .end: throw self.unexpected()
        }
    }
}
