/// The stages that records go through: a HubSpot pipeline, a Salesforce record type with its stages.
package struct PipelineDescription: Sendable, Hashable, Codable {
    package struct Stage: Sendable, Hashable, Codable {
        /// What the stage field holds.
        package var id: String
        package var label: String
        package var isActive: Bool
        package var isClosed: Bool
        /// From 0 to 1, as the vendor wrote it; only deals and opportunities have one.
        package var probability: String?

        package init(
            id: String,
            label: String,
            isActive: Bool = true,
            isClosed: Bool = false,
            probability: String? = nil
        ) {
            self.id = id
            self.label = label
            self.isActive = isActive
            self.isClosed = isClosed
            self.probability = probability
        }
    }

    package var id: String
    package var label: String
    package var isActive: Bool
    /// In the order that people see.
    package var stages: [Stage]

    package init(id: String, label: String, isActive: Bool, stages: [Stage]) {
        self.id = id
        self.label = label
        self.isActive = isActive
        self.stages = stages
    }
}
