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
    package func pack(_ entries: [OutboxEntry]) -> [[OutboxEntry]] {
        var taken = Set<String>()
        let once = entries.sorted { ($0.priority, $0.id) < ($1.priority, $1.id) }.filter { entry in
            taken.insert("\(entry.target) \(entry.targetID ?? "from \(entry.sourceID)")").inserted
        }
        var order: [String] = []
        var groups: [String: [OutboxEntry]] = [:]
        for entry in once {
            let name = Self.group(of: entry)
            if groups[name] == nil { order.append(name) }
            groups[name, default: []].append(entry)
        }
        var collections: [[OutboxEntry]] = []
        for name in order {
            let group = groups[name] ?? []
            for start in stride(from: 0, to: group.count, by: self.collectionMax) {
                let end = min(start + self.collectionMax, group.count)
                collections.append(Array(group[start..<end]))
            }
        }
        return stride(from: 0, to: collections.count, by: self.collectionsMax).map { start in
            let end = min(start + self.collectionsMax, collections.count)
            return collections[start..<end].flatMap { $0 }
        }
    }

    /// The next smaller collection after locks and governor errors: 200, 50, 1.
    package static func shrunk(_ size: Int) -> Int {
        size > 50 ? 50 : 1
    }

    /// What can share a collection: one object, one kind, one key field.
    package static func group(of entry: OutboxEntry) -> String {
        // Leads and contacts have different key properties on HubSpot.
        let key = entry.kind == .create ? String(entry.sourceID.prefix(3)) : ""
        return
            "\(entry.mapping) \(entry.object) \(entry.kind) \(entry.target == .hubspot ? key : "")"
    }
}
