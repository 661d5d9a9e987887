/// Which assignment rule a write asks for.
enum AssignmentChoice: Sendable, Hashable {
    case none
    /// The active one: what a REST request gets that says nothing.
    case active
    case rule(String)

    /// From `Sforce-Auto-Assign`: a flag or the id of a rule.
    init(header: String?) {
        switch header?.lowercased() {
        case nil, "true": self = .active
        case "false": self = .none
        case .some: self = header.flatMap(SalesforceID.canonical).map { .rule($0) } ?? .active
        }
    }
}
