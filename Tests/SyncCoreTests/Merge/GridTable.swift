import SyncCore

/// A grid as the behaviour specification prints it, read from text and checked cell by cell.
///
/// Rows are HubSpot's state, columns Salesforce's: `0` blank, `v` has a value, `D` edited, `X`
/// cleared since the last sync. `H<-S` writes to HubSpot, `S<-H` to Salesforce, `-` nothing,
/// `newest` the later edit, `list` nothing but a line in the report.
struct GridTable {
    struct Cell: CustomStringConvertible {
        var hubspot: FieldState
        var salesforce: FieldState
        var expected: String

        var description: String { "H=\(Self.name(hubspot)) S=\(Self.name(salesforce))" }

        private static func name(_ state: FieldState) -> String {
            switch state {
            case .blank: "0"
            case .value: "v"
            case .changed: "D"
            case .cleared: "X"
            }
        }
    }

    let cells: [Cell]

    init(_ text: String) {
        let lines = text.split(separator: "\n").dropFirst()
        self.cells = zip(FieldState.allCases, lines).flatMap { hubspot, line in
            let words = line.split(separator: "|").dropFirst().map { word in
                word.split(separator: " ").joined()
            }
            return zip(FieldState.allCases, words).map { salesforce, word in
                Cell(hubspot: hubspot, salesforce: salesforce, expected: word)
            }
        }
    }

    /// A side's base and present value in that state.
    static func values(_ state: FieldState, _ side: String) -> (base: FieldValue, now: FieldValue) {
        let old = FieldValue(normal: "\(side) old")
        let new = FieldValue(normal: "\(side) new")
        switch state {
        case .blank: return (.blank, .blank)
        case .value: return (old, old)
        case .changed: return (old, new)
        case .cleared: return (old, .blank)
        }
    }

    /// What the merge does in that cell, in the words of the table.
    static func outcome(
        _ rule: SyncRule,
        _ cell: Cell,
        hubspotTime: ChangeTime = .interval(after: nil, notAfter: nil),
        salesforceTime: ChangeTime = .interval(after: nil, notAfter: nil)
    ) -> FieldMerge.Outcome {
        let hubspot = Self.values(cell.hubspot, "hubspot")
        let salesforce = Self.values(cell.salesforce, "salesforce")
        return FieldMerge.decide(
            FieldMerge.Input(
                rule: rule,
                hubspotBase: hubspot.base,
                salesforceBase: salesforce.base,
                hubspot: hubspot.now,
                salesforce: salesforce.now,
                isEqual: hubspot.now.isBlank && salesforce.now.isBlank,
                hubspotTime: hubspotTime,
                salesforceTime: salesforceTime
            )
        )
    }

    static func word(_ outcome: FieldMerge.Outcome) -> String {
        if outcome.isListed { return "list" }
        switch outcome.target {
        case .hubspot?: return "H<-S"
        case .salesforce?: return "S<-H"
        case nil: return "-"
        }
    }
}
