import OrderedCollections

/// One pipeline with its stages, in their order.
struct Pipeline: Sendable, Hashable, Codable {
    struct Stage: Sendable, Hashable, Codable {
        var id: String
        var label: String
        var displayOrder: Int
        /// Texts, whatever they mean.
        var metadata: OrderedDictionary<String, String>
        var createdAt: Int64 = 1_577_836_800_000
        var updatedAt: Int64 = 1_577_836_800_000
    }

    var id: String
    var label: String
    var displayOrder: Int
    var stages: [Stage]
    var createdAt: Int64 = 1_577_836_800_000
    var updatedAt: Int64 = 1_577_836_800_000
}
