extension MockOrg {
    /// Every reference of any object to that one, in the order of the objects.
    func childRelationships(of table: Int) -> [MockChildRelationship] {
        let name = self.tables[table].object.name
        return self.tables.enumerated().flatMap { child, other in
            other.object.fields.enumerated().compactMap { place, field in
                guard other.object.access.isReadable, field.isVisible,
                    field.referenceTo.contains(name)
                else { return nil }
                let standard =
                    MockChildRelationship.standardNames["\(other.object.name).\(field.name)"]
                return MockChildRelationship(
                    name: field.childRelationshipName ?? standard,
                    table: child,
                    place: place
                )
            }
        }
    }
}
