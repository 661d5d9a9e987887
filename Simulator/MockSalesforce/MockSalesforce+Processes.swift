/// The stages and statuses that a sync reads once to map pipelines.
extension MockSalesforce {
    /// Fills the tables of stages and statuses with the values that describe lists.
    mutating func seedProcesses() {
        guard self.settings.listsProcesses else { return }
        self.seedStatuses("TaskStatus", of: "Task", closed: ["Completed"])
        self.seedStatuses("CaseStatus", of: "Case", closed: ["Closed"])
        // The vendor's standard probabilities, in percent, from memory.
        let probabilities = [10, 10, 20, 50, 60, 70, 75, 90, 100, 0]
        for (place, value) in self.picklist("StageName", of: "Opportunity").enumerated() {
            let probability = place < probabilities.count ? probabilities[place] : 50
            let isClosed = probability == 100 || probability == 0
            let forecast =
                probability == 100
                ? "Closed"
                : probability == 0 ? "Omitted" : probability > 60 ? "Best Case" : "Pipeline"
            self.plant(
                "OpportunityStage",
                [
                    ("Id", Self.statusID(200 + place)), ("MasterLabel", .text(value)),
                    ("ApiName", .text(value)), ("IsActive", .boolean(true)),
                    ("SortOrder", .number(String(place + 1))), ("IsClosed", .boolean(isClosed)),
                    ("IsWon", .boolean(probability == 100)),
                    ("ForecastCategory", .text(forecast.filter { $0 != " " })),
                    ("ForecastCategoryName", .text(forecast)),
                    ("DefaultProbability", .number(String(probability))),
                ],
                self.settings.metadataChangedAt
            )
        }
    }

    private mutating func seedStatuses(_ name: String, of object: String, closed: Set<String>) {
        for (place, value) in self.picklist("Status", of: object).enumerated() {
            self.plant(
                name,
                [
                    ("Id", Self.statusID((object == "Task" ? 300 : 400) + place)),
                    ("MasterLabel", .text(value)), ("ApiName", .text(value)),
                    ("SortOrder", .number(String(place + 1))), ("IsDefault", .boolean(place == 0)),
                    ("IsClosed", .boolean(closed.contains(value))),
                ],
                self.settings.metadataChangedAt
            )
        }
    }

    private func picklist(_ name: String, of object: String) -> [String] {
        guard let table = self.org.table(object) else { return [] }
        return self.org.tables[table].object.fields.first { $0.name == name }?.picklistValues ?? []
    }

    /// Stages and statuses share a prefix.
    private static func statusID(_ number: Int) -> Value {
        .text(SalesforceID.make(prefix: "01J", number: number))
    }
}
