import WireJSON

extension JSONWriter {
    /// Members of these names that are `null`.
    mutating func nulls(_ names: [String]) {
        for name in names {
            self.name(name)
            self.null()
        }
    }

    /// Members of these names that are empty lists.
    mutating func empties(_ names: [String]) {
        for name in names {
            self.name(name)
            self.array { _ in }
        }
    }
}
