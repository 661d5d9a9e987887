/// How many calls a set of writes will cost, by the packer's arithmetic, in the order in which they are sent.
package struct WriteForecast: Sendable, Hashable {
    private let collectionMax: Int
    private let collectionsMax: Int
    private let conditionalMax: Int
    private let readMax: Int
    private let chunkMax: Int
    private var groups: [BatchPacker.Group: Int] = [:]
    private var conditional: [BatchPacker.Group: Int] = [:]
    private var guarded: [String: Int] = [:]
    /// How many there are in the chunk that is open, and what the closed ones cost.
    private var inChunk = 0
    private var closed = 0
    private var keyWrites = 0

    /// - Parameters:
    ///   - collectionMax: records in one collection.
    ///   - collectionsMax: collections in one call.
    ///   - conditionalMax: guarded writes in one call where each carries its own condition
    ///     (`guard: strict`); 0 where they share collections with the rest.
    ///   - readMax: records in one look right before they are written; 0 where such looks are not counted.
    ///   - chunkMax: records that are taken up together: none of two such shares a call.
    package init(
        collectionMax: Int,
        collectionsMax: Int,
        conditionalMax: Int = 0,
        readMax: Int = 0,
        chunkMax: Int = .max
    ) {
        self.collectionMax = max(1, collectionMax)
        self.collectionsMax = max(1, collectionsMax)
        self.conditionalMax = conditionalMax
        self.readMax = readMax
        self.chunkMax = max(1, chunkMax)
    }

    package mutating func add(_ entry: OutboxEntry) {
        if self.inChunk == self.chunkMax { self.close() }
        self.inChunk += 1
        let group = BatchPacker.Group(of: entry)
        if entry.isGuarded, self.readMax > 0 { self.guarded[entry.object, default: 0] += 1 }
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
    ///
    /// The ids of new records are noted once those are there.
    package var calls: Int {
        var rest = self
        if rest.keyWrites > 0, self.chunkMax < .max {
            rest.close()
            let (chunks, left) = rest.keyWrites.quotientAndRemainder(dividingBy: self.chunkMax)
            return rest.closed + chunks * self.calls(noting: self.chunkMax)
                + self.calls(noting: left)
        }
        rest.close()
        return rest.closed
    }

    private mutating func close() {
        let noted = self.chunkMax < .max ? 0 : self.keyWrites
        let collections = self.groups.values.reduce(Self.parts(noted, self.collectionMax)) {
            $0 + Self.parts($1, self.collectionMax)
        }
        let looks = self.guarded.values.reduce(0) { $0 + Self.parts($1, self.readMax) }
        self.closed += self.conditional.values.reduce(
            Self.parts(collections, self.collectionsMax) + looks
        ) { $0 + Self.parts($1, self.conditionalMax) }
        (self.groups, self.conditional, self.guarded, self.inChunk) = ([:], [:], [:], 0)
    }

    private func calls(noting count: Int) -> Int {
        Self.parts(Self.parts(count, self.collectionMax), self.collectionsMax)
    }

    private static func parts(_ count: Int, _ max: Int) -> Int {
        (count + max - 1) / max
    }
}
