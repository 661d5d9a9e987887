/// How many calls a set of writes will cost, by the packer's arithmetic.
package struct WriteForecast: Sendable, Hashable {
    private let collectionMax: Int
    private let collectionsMax: Int
    private let conditionalMax: Int
    private var groups: [BatchPacker.Group: Int] = [:]
    private var conditional: [BatchPacker.Group: Int] = [:]
    private var keyWrites = 0

    /// - Parameters:
    ///   - collectionMax: records in one collection.
    ///   - collectionsMax: collections in one call.
    ///   - conditionalMax: guarded writes in one call where each carries its own condition
    ///     (`guard: strict`); 0 where they share collections with the rest.
    package init(collectionMax: Int, collectionsMax: Int, conditionalMax: Int = 0) {
        self.collectionMax = max(1, collectionMax)
        self.collectionsMax = max(1, collectionsMax)
        self.conditionalMax = conditionalMax
    }

    package mutating func add(_ entry: OutboxEntry) {
        let group = BatchPacker.Group(of: entry)
        if self.conditionalMax > 0, entry.isGuarded {
            self.conditional[group, default: 0] += 1
        } else {
            self.groups[group, default: 0] += 1
        }
    }

    /// Counts the update that notes a new record's id on the record it was made from.
    package mutating func addKeyWrite() {
        self.keyWrites += 1
    }

    /// The calls; full collections share calls.
    package var calls: Int {
        let collections = self.groups.values.reduce(Self.parts(self.keyWrites, self.collectionMax))
        {
            $0 + Self.parts($1, self.collectionMax)
        }
        return self.conditional.values.reduce(Self.parts(collections, self.collectionsMax)) {
            $0 + Self.parts($1, self.conditionalMax)
        }
    }

    private static func parts(_ count: Int, _ max: Int) -> Int {
        (count + max - 1) / max
    }
}
