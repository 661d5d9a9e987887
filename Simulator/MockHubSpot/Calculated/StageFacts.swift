import OrderedCollections

/// What a record is by its stage.
struct StageFacts: Sendable, Hashable, Codable {
    var isClosed: Bool
    var isWon: Bool
    var isLost: Bool
    /// As exactly as a binary number holds it; `nil` where the stage has none.
    var probability: ExactDecimal?

    init(_ stage: Pipeline.Stage) {
        let probability = stage.metadata["probability"].flatMap(Double.init)
        self.isClosed =
            stage.metadata["isClosed"] == "true" || stage.metadata["ticketState"] == "CLOSED"
        self.isWon = self.isClosed && probability == 1
        self.isLost = self.isClosed && probability == 0
        self.probability = probability.flatMap(ExactDecimal.init)
    }
}
