/// Packs planned entries into write calls: alike entries share a collection, collections a call.
package struct BatchPacker: Sendable {
    private let collectionMax: Int
    private let collectionsMax: Int

    /// - Parameters:
    ///   - collectionMax: records in one collection (Salesforce 200, HubSpot 100).
    ///   - collectionsMax: collections in one call (Salesforce's Composite 5, HubSpot 1).
    package init(collectionMax: Int, collectionsMax: Int) {
        self.collectionMax = max(1, collectionMax)
        self.collectionsMax = max(1, collectionsMax)
    }

    /// The calls in order of urgency; a record stands at most once in all of them.
    ///
    /// `inFlight`: entries on their way; what writes the same record waits for them.
    /// `isApart`: which of them share no collection with others, because their calls say something else.
    package func pack(
        _ entries: [OutboxEntry],
        inFlight: [OutboxEntry] = [],
        isApart: (OutboxEntry) -> Bool = { _ in false }
    ) -> [[OutboxEntry]] {
        var taken = Set(inFlight.map(Record.init))
        let once = entries.sorted(by: Self.isBefore).filter {
            taken.insert(Record(of: $0)).inserted
        }
        var groups: [Group: [OutboxEntry]] = [:]
        for entry in once {
            groups[Group(of: entry, isApart: isApart(entry)), default: []].append(entry)
        }
        let collections = groups.values.flatMap { group in
            stride(from: 0, to: group.count, by: self.collectionMax).map { start in
                Array(group[start..<min(start + self.collectionMax, group.count)])
            }
        }
        // The most urgent entry of a collection decides when it goes: one entry stands first.
        let ordered = collections.sorted { Self.isBefore($0[0], $1[0]) }
        return stride(from: 0, to: ordered.count, by: self.collectionsMax).map { start in
            ordered[start..<min(start + self.collectionsMax, ordered.count)].flatMap { $0 }
        }
    }

    /// The next smaller collection after locks and governor errors: 200, 50, 1.
    package static func shrunk(_ size: Int) -> Int {
        size > 50 ? 50 : 1
    }

    /// What can share a collection: one object, one kind, one key field.
    package struct Group: Sendable, Hashable {
        private let mapping: String
        private let object: String
        private let kind: OutboxEntry.Kind
        private let key: String
        private let isApart: Bool

        package init(of entry: OutboxEntry, isApart: Bool = false) {
            self.isApart = isApart
            self.mapping = entry.mapping
            self.object = entry.object
            self.kind = entry.kind
            // Leads and contacts have different key properties on HubSpot.
            let isKeyed = entry.kind == .create && entry.target == .hubspot
            self.key = isKeyed ? String(entry.sourceID.prefix(3)) : ""
        }
    }

    private static func isBefore(_ left: OutboxEntry, _ right: OutboxEntry) -> Bool {
        (left.priority, left.id) < (right.priority, right.id)
    }

    /// The record that an entry writes: its id, or for a create what it is made from.
    private struct Record: Hashable {
        private let target: Side
        private let id: String
        private let isNew: Bool

        init(of entry: OutboxEntry) {
            self.target = entry.target
            self.id = entry.targetID ?? entry.sourceID
            self.isNew = entry.targetID == nil
        }
    }
}
