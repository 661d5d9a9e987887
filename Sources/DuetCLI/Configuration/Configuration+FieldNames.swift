extension Configuration {
    /// What a field is called in Salesforce: the same on every object, or another name on each.
    package struct FieldNames: Sendable, Hashable {
        /// The name, or that on the first object that has one.
        package var first: String
        /// The names by object, where they differ; objects that are left out do not have the field.
        package var byObject: [String: String]

        package init(_ first: String, byObject: [String: String] = [:]) {
            self.first = first
            self.byObject = byObject
        }

        /// The name on an object, or `nil` where that one is left out.
        package func name(on object: String) -> String? {
            self.byObject.isEmpty ? self.first : self.byObject[object]
        }

        /// Whether two of them mean one field of the same object.
        package func overlaps(_ other: Self) -> Bool {
            let objects = Set(self.byObject.keys).union(other.byObject.keys)
            guard !objects.isEmpty else { return self.first == other.first }
            return objects.contains { object in
                self.name(on: object).map { $0 == other.name(on: object) } ?? false
            }
        }

        /// All of it as one text that changes with each name.
        package var text: String {
            guard !self.byObject.isEmpty else { return self.first }
            return self.byObject.sorted { $0.key < $1.key }.map { "\($0.key).\($0.value)" }
                .joined(separator: " ")
        }
    }
}
