/// One object of a search by parameters.
struct ParameterizedSearchPart: Sendable, Hashable {
    var object: String
    /// Empty for the id alone.
    var fields: [String]
    var condition: String?
    var limit: String?

    /// As RETURNING has it; `limit` is for an object that has none of its own.
    func text(_ limit: String?) -> String {
        let fields = self.fields.isEmpty ? "Id" : self.fields.joined(separator: ", ")
        var clauses = [fields]
        if let condition = self.condition { clauses.append("WHERE \(condition)") }
        if let limit = self.limit ?? limit { clauses.append("LIMIT \(limit)") }
        return "\(self.object)(\(clauses.joined(separator: " ")))"
    }
}
