import OrderedCollections

/// The pipelines of each object type that has some, by its type id.
struct PipelineSet: Sendable, Hashable, Codable {
    private(set) var byType: [String: [Pipeline]]
    private var made = 0

    /// What every portal starts with; the ids are the vendor's.
    static let standard = PipelineSet(byType: [
        "0-3": [
            Pipeline(
                id: "default",
                label: "Sales Pipeline",
                displayOrder: 0,
                stages: [
                    ("appointmentscheduled", "Appointment Scheduled", "0.2"),
                    ("qualifiedtobuy", "Qualified To Buy", "0.4"),
                    ("presentationscheduled", "Presentation Scheduled", "0.6"),
                    ("decisionmakerboughtin", "Decision Maker Bought-In", "0.8"),
                    ("contractsent", "Contract Sent", "0.9"), ("closedwon", "Closed Won", "1.0"),
                    ("closedlost", "Closed Lost", "0.0"),
                ].enumerated().map { place, stage in
                    .init(
                        id: stage.0,
                        label: stage.1,
                        displayOrder: place,
                        metadata: [
                            "isClosed": stage.0.hasPrefix("closed") ? "true" : "false",
                            "probability": stage.2,
                        ]
                    )
                }
            )
        ],
        "0-5": [
            Pipeline(
                id: "0",
                label: "Support Pipeline",
                displayOrder: 0,
                stages: ["New", "Waiting on contact", "Waiting on us", "Closed"]
                    .enumerated().map { place, label in
                        let isClosed = label == "Closed"
                        return .init(
                            id: String(place + 1),
                            label: label,
                            displayOrder: place,
                            metadata: [
                                "ticketState": isClosed ? "CLOSED" : "OPEN",
                                "isClosed": isClosed ? "true" : "false",
                            ]
                        )
                    }
            )
        ],
        "0-136": [],
    ])

    private init(byType: [String: [Pipeline]]) {
        self.byType = byType
    }

    subscript(type: String) -> [Pipeline] {
        get { self.byType[type] ?? [] }
        set { self.byType[type] = newValue }
    }

    mutating func nextID() -> String {
        self.made += 1
        return String(600_000 + self.made)
    }
}
