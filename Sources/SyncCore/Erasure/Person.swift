/// Everything by which one person is known: e-mail addresses in lower case, and ids of records on both sides.
package struct Person: Sendable, Hashable {
    package var addresses: Set<String>
    package private(set) var hubspotIDs: Set<String> = []
    package private(set) var salesforceIDs: Set<String> = []

    package init(addresses: Set<String> = []) {
        self.addresses = Set(addresses.map { $0.lowercased() })
    }

    package func ids(on side: Side) -> Set<String> {
        side == .hubspot ? self.hubspotIDs : self.salesforceIDs
    }

    /// Adds a record; answers whether it is a new one.
    @discardableResult
    package mutating func add(_ id: String, on side: Side) -> Bool {
        switch side {
        case .hubspot: self.hubspotIDs.insert(id).inserted
        case .salesforce: self.salesforceIDs.insert(id).inserted
        }
    }

    package func has(_ id: String?, on side: Side) -> Bool {
        id.map { self.ids(on: side).contains($0) } ?? false
    }

    /// How many records it is.
    package var recordCount: Int { self.hubspotIDs.count + self.salesforceIDs.count }

    package var names: [PersonName] {
        self.addresses.sorted().map { .address($0) }
            + Side.allCases.flatMap { side in
                self.ids(on: side).sorted().map { .record($0, side) }
            }
    }
}
