/// How many calls a set of writes will cost, by the packer's arithmetic.
package struct WriteForecast: Sendable, Hashable {
    private let collectionMax: Int
    private let collectionsMax: Int
    private var groups: [String: Int] = [:]

    package init(collectionMax: Int, collectionsMax: Int) {
        self.collectionMax = max(1, collectionMax)
        self.collectionsMax = max(1, collectionsMax)
    }

    package mutating func add(_ entry: OutboxEntry) {
        self.groups[BatchPacker.group(of: entry), default: 0] += 1
    }

    /// Counts the update that notes a new record's id on the record it was made from.
    package mutating func addKeyWrite() {
        self.groups["key writes", default: 0] += 1
    }

    /// The calls; full collections share calls.
    package var calls: Int {
        let collections = self.groups.values.reduce(0) { sum, count in
            sum + (count + self.collectionMax - 1) / self.collectionMax
        }
        return (collections + self.collectionsMax - 1) / self.collectionsMax
    }
}
