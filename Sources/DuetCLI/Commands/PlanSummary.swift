package import SyncCore
import WireJSON

/// What would be written, as a preview shows it: counts, some rows by name, the price in calls.
package struct PlanSummary: Sendable {
    /// One write as a person reads it.
    package struct Row: Sendable, Hashable {
        package var mapping: String
        package var kind: OutboxEntry.Kind
        package var sign: String {
            switch self.kind {
            case .create: "+"
            case .update: "~"
            case .delete: "-"
            }
        }
        package var side: Side
        package var object: String
        package var id: String?
        package var sourceID: String
        package var name: String
        /// "Phone: Two-way: HubSpot is newer".
        package var fields: [String]
    }

    package var counts: [Side: [OutboxEntry.Kind: Int]] = [:]
    package var keyWrites: [Side: Int] = [:]
    package var rows: [Row] = []
    package var asks = 0
    package var leavesAlone = 0
    package var price: [Side: Int] = [:]

    package init() {}

    package func created(_ side: Side) -> Int { self.counts[side]?[.create] ?? 0 }
    package func updated(_ side: Side) -> Int { self.counts[side]?[.update] ?? 0 }
    package func deleted(_ side: Side) -> Int { self.counts[side]?[.delete] ?? 0 }

    package var hasChanges: Bool {
        Side.allCases.contains { self.created($0) + self.updated($0) + self.deleted($0) > 0 }
    }

    func lines(urls: RecordURL) -> [String] {
        var lines = self.rows.map { row in
            let id = row.id ?? row.sourceID
            let side = row.id == nil ? row.side.other : row.side
            let place = urls.url(of: id, on: side, mapping: row.mapping) ?? id
            let fields =
                row.fields.isEmpty ? "" : "\n        " + row.fields.joined(separator: "\n        ")
            return
                "  \(row.sign) \(Words.name(of: row.side)) \(row.object): \(row.name)  \(place)\(fields)"
        }
        if !lines.isEmpty { lines.append("") }
        lines += TextTable(
            header: ["would", "HubSpot", "Salesforce"],
            rows: [
                ["create", "\(self.created(.hubspot))", "\(self.created(.salesforce))"],
                ["update", "\(self.updated(.hubspot))", "\(self.updated(.salesforce))"],
                ["delete", "\(self.deleted(.hubspot))", "\(self.deleted(.salesforce))"],
                [
                    "note the counterpart's id",
                    "\(self.keyWrites[.hubspot] ?? 0)", "\(self.keyWrites[.salesforce] ?? 0)",
                ],
                [
                    "price in API calls",
                    "\(self.price[.hubspot] ?? 0)", "\(self.price[.salesforce] ?? 0)",
                ],
            ]
        ).lines()
        lines.append("Would ask you about: \(self.asks)")
        lines.append("Nothing was written.")
        return lines
    }

    func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.member("changes", self.hasChanges)
            object.member("asks", self.asks)
            object.name("price")
            object.object { price in
                for side in Side.allCases { price.member(side.rawValue, self.price[side] ?? 0) }
            }
            object.name("keyWrites")
            object.object { keys in
                for side in Side.allCases { keys.member(side.rawValue, self.keyWrites[side] ?? 0) }
            }
            object.name("examples")
            object.array { list in
                for row in self.rows {
                    list.object { item in
                        item.member("action", row.kind.rawValue)
                        item.member("side", row.side.rawValue)
                        item.member("object", row.object)
                        item.member("sourceID", row.sourceID)
                        if let id = row.id { item.member("id", id) }
                        item.name("fields")
                        item.array { names in
                            for field in row.fields { names.string(field) }
                        }
                    }
                }
            }
        }
    }
}
