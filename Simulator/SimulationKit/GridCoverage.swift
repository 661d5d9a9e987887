package import SyncCore

/// Which cells of rule × both sides' states × field type × circumstance decisions have met.
package struct GridCoverage: Sendable {
    package private(set) var cells: [GridCell: Int] = [:]

    package init() {}

    package mutating func add(_ cells: [GridCell: Int]) {
        self.cells.merge(cells) { $0 + $1 }
    }

    /// The types that simulations map.
    package static let types: [FieldType] = [
        .text, .number, .date, .datetime, .boolean, .singleChoice, .multiChoice,
    ]

    /// Every cell that can be met: a Salesforce checkbox is neither blank nor cleared.
    package static let all: [GridCell] = SyncRule.allCases.flatMap { rule in
        Self.types.flatMap { type in
            GridCell.Circumstance.allCases.flatMap { circumstance in
                (0..<16).compactMap { place -> GridCell? in
                    let (hubspot, salesforce) = (place / 4, place % 4)
                    if type == .boolean, salesforce == 0 || salesforce == 3 { return nil }
                    return GridCell(
                        rule: rule,
                        hubspot: hubspot,
                        salesforce: salesforce,
                        type: type,
                        circumstance: circumstance
                    )
                }
            }
        }
    }

    package var empty: [GridCell] { Self.all.filter { self.cells[$0] == nil } }

    /// A row for each rule and type: how many cells were met in each circumstance, and which were
    /// not, HubSpot's state first (0 blank, v value, D edited, X cleared).
    package var lines: [String] {
        let empty = Dictionary(grouping: self.empty) { "\($0.rule) \($0.type) \($0.circumstance)" }
        let all = Dictionary(grouping: Self.all) { "\($0.rule) \($0.type) \($0.circumstance)" }
        return SyncRule.allCases.flatMap { rule in
            Self.types.map { type in
                let parts = GridCell.Circumstance.allCases.map { circumstance -> String in
                    let key = "\(rule) \(type) \(circumstance)"
                    let count = all[key]?.count ?? 0
                    let left = empty[key] ?? []
                    let names = left.prefix(Self.namesMax).map(Self.name).joined(separator: " ")
                    let more = left.count > Self.namesMax ? " …" : ""
                    let rest = left.isEmpty ? "" : " (not \(names)\(more))"
                    return "\(circumstance.rawValue) \(count - left.count)/\(count)\(rest)"
                }
                return "\(rule.rawValue) \(type.rawValue): \(parts.joined(separator: ", "))"
            }
        }
    }

    private static func name(_ cell: GridCell) -> String {
        let letters = ["0", "v", "D", "X"]
        return letters[cell.hubspot] + letters[cell.salesforce]
    }

    private static let namesMax = 6
}
