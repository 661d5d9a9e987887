/// Parses what stands between the braces of a search.
///
/// Parentheses come first, then AND and AND NOT, then OR; words side by side must all be found.
struct SOSLTermParser {
    private enum Token {
        case term(SOSLTerm)
        case and
        case or
        case not
        case open
        case close
    }

    /// Operators of a longer text do not count.
    private static let operatorsMax = 4_000
    private static let depthMax = 100

    private let tokens: [Token]
    private var place = 0
    private var depth = 0

    private init(_ text: String) {
        self.tokens = Self.tokens(text)
    }

    /// `nil` for a text without a word.
    static func parse(_ text: String) throws(RequestFailure) -> SOSLCondition? {
        var parser = SOSLTermParser(text)
        guard text.count <= Self.operatorsMax else {
            let terms = parser.tokens.compactMap { token in
                if case .term(let term) = token { SOSLCondition.term(term) } else { nil }
            }
            return terms.isEmpty ? nil : .any(terms)
        }
        guard !parser.tokens.isEmpty else { return nil }
        let condition = try parser.any()
        guard parser.place == parser.tokens.count else { throw Self.unexpected }
        return condition
    }

    private static var unexpected: RequestFailure {
        SOSLQuery.malformed("unexpected operator or parenthesis in the search term")
    }

    private var current: Token? {
        self.place < self.tokens.count ? self.tokens[self.place] : nil
    }

    private mutating func any() throws(RequestFailure) -> SOSLCondition {
        var parts = [try self.all()]
        while case .or? = self.current {
            self.place += 1
            parts.append(try self.all())
        }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func all() throws(RequestFailure) -> SOSLCondition {
        var parts = [try self.one()]
        while let token = self.current {
            var isNegated = false
            switch token {
            case .and:
                self.place += 1
                if case .not? = self.current {
                    self.place += 1
                    isNegated = true
                }
            case .not:
                self.place += 1
                isNegated = true
            case .term, .open: break
            case .or, .close: return parts.count == 1 ? parts[0] : .all(parts)
            }
            let part = try self.one()
            parts.append(isNegated ? .not(part) : part)
        }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func one() throws(RequestFailure) -> SOSLCondition {
        switch self.current {
        case .term(let term)?:
            self.place += 1
            return .term(term)
        case .open?:
            guard self.depth < Self.depthMax else { throw Self.unexpected }
            self.place += 1
            self.depth += 1
            let condition = try self.any()
            guard case .close? = self.current else { throw Self.unexpected }
            self.place += 1
            self.depth -= 1
            return condition
        case .and?, .or?, .not?, .close?, nil: throw Self.unexpected
        }
    }

    // MARK: - Tokens

    private static func tokens(_ text: String) -> [Token] {
        var tokens: [Token] = []
        var (current, isQuoted, isEscaped) = ("", false, false)
        func close() {
            defer { current = "" }
            if !isQuoted, let word = Self.keyword(current) { return tokens.append(word) }
            let term = SOSLTerm(current)
            if !term.words.isEmpty { tokens.append(.term(term)) }
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
            } else if !isQuoted, character == "(" || character == ")" {
                close()
                tokens.append(character == "(" ? .open : .close)
            } else if character.isWhitespace, !isQuoted {
                close()
            } else {
                current.append(character)
            }
        }
        close()
        return tokens
    }

    private static func keyword(_ word: String) -> Token? {
        switch word.uppercased() {
        case "AND": .and
        case "OR": .or
        case "NOT": .not
        default: nil
        }
    }
}
