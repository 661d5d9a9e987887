/// One record of a Collections request.
struct CollectionRow: Sendable {
    var type = ""
    var id: String?
    var inputs: [FieldInput] = []

    /// The plain value of a member, by its name in any case; null where there is none.
    func value(of name: String) -> Value {
        let lowered = name.lowercased()
        for input in self.inputs where input.name.lowercased() == lowered {
            if case .value(let value) = input.content { return value }
        }
        return .null
    }
}
