/// The engine's own limits in one process, where a simulation makes them tiny: batches of one and
/// pages of two take every path that usual numbers of records never take.
struct EngineRoom: Sendable, Hashable {
    /// Ids in one read; `nil` for the vendor's number.
    var readMax: Int?
    /// Records of one object and kind in a write call.
    var collectionMax: Int?
    var collectionsMax: Int?
    /// How many unlinked records one look-up takes.
    var matchBatchMax: Int?

    /// How many draws one process takes.
    static let choicesOfOne = 4

    /// What one process gets; the first choice is the usual.
    init(_ choices: Choices) {
        func pick(_ sizes: [Int?]) -> Int? {
            sizes[choices.choose(.room, below: sizes.count)]
        }
        self.readMax = pick([nil, 1, 2, 7])
        self.collectionMax = pick([nil, 1, 2, 5])
        self.collectionsMax = pick([nil, 1])
        self.matchBatchMax = pick([nil, 1, 2, 5])
    }
}
