/// What a search wants to be found in a record.
indirect enum SOSLCondition: Sendable, Hashable {
    case term(SOSLTerm)
    case all([SOSLCondition])
    case any([SOSLCondition])
    case not(SOSLCondition)

    /// The most letters that one of its words asks for.
    var letters: Int {
        switch self {
        case .term(let term): term.letters
        case .all(let parts), .any(let parts): parts.map(\.letters).max() ?? 0
        case .not(let part): part.letters
        }
    }

    /// Whether a record with these texts is found.
    func holds(_ texts: [String]) -> Bool {
        switch self {
        case .term(let term): texts.contains { term.isFound(in: $0) }
        case .all(let parts): parts.allSatisfy { $0.holds(texts) }
        case .any(let parts): parts.contains { $0.holds(texts) }
        case .not(let part): !part.holds(texts)
        }
    }
}
