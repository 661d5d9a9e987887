import MockHubSpot
import MockSalesforce
package import SimulationKit

/// Makes the records of an import, then ties them together.
package struct ImportRun {
    private struct Index: Hashable {
        var isHubSpot: Bool
        var object: String
        var field: String
    }

    private struct Former: Hashable {
        var isHubSpot: Bool
        var object: String
        var id: String
    }

    private var report = ImportReport()
    /// The ids here of records whose exports say what their ids were.
    private var formers: [Former: String] = [:]
    private var indexes: [Index: [String: String]] = [:]
    private let now: Int64

    /// Makes the records; the first that a CRM refuses ends it, with its place.
    ///
    /// - Throws: `ControlFailure`.
    package static func apply(
        _ rows: [ImportRow],
        to state: inout MockWorld.State,
        now: Int64
    ) throws -> ImportReport {
        var run = ImportRun(now: now - 86_400_000)
        var tied: [(row: ImportRow, id: String)] = []
        for row in rows {
            let full = row.isHubSpot ? try run.named(row, state.hubspot) : row
            let id = try run.make(full, &state)
            if let former = full.formerID {
                let key = Former(isHubSpot: row.isHubSpot, object: row.object, id: former)
                run.formers[key] = id
            }
            if !full.ties.isEmpty { tied.append((full, id)) }
        }
        for (row, id) in tied { try run.tie(row, id, &state) }
        return run.report
    }

    private init(now: Int64) {
        self.now = now
    }

    // MARK: - Records

    private mutating func make(
        _ row: ImportRow,
        _ state: inout MockWorld.State
    ) throws -> String {
        let set = row.fields.filter { !$0.1.isEmpty }
        self.report.records += 1
        do {
            if row.isHubSpot {
                return try state.hubspot.seed(object: row.object, fields: set, at: self.now)
            }
            return try state.salesforce.seed(
                object: row.object,
                fields: set.map { .init($0.0, .text($0.1)) },
                at: self.now
            )
        } catch {
            throw ControlFailure("\(row.place): the CRM refused the record: \(error).")
        }
    }

    /// The row with API names instead of HubSpot's labels, and its ids and ties apart.
    ///
    /// HubSpot's exports head their columns with labels, `Record ID` and `Associated Company IDs`.
    private mutating func named(_ row: ImportRow, _ hubspot: MockHubSpot) throws -> ImportRow {
        let properties = hubspot.properties(of: row.object)
        var full = row
        full.fields = []
        for (header, value) in row.fields {
            if ["record id", "hs_object_id"].contains(header.lowercased()) {
                full.formerID = value
                continue
            }
            if header.hasPrefix("Associated "), header.hasSuffix(" IDs") {
                let singular = header.dropFirst("Associated ".count).dropLast(" IDs".count)
                let object = hubspot.objectName(of: singular.lowercased()) ?? String(singular)
                full.ties += value.split(separator: ";").map { id in
                    ImportTie(object: object, value: id.filter { $0 != " " })
                }
                continue
            }
            let property =
                properties.first { $0.name == header }
                ?? properties.first { $0.label.lowercased() == header.lowercased() }
            if property?.isReadOnly == true {
                let file = String(row.place.prefix { $0 != ":" })
                if self.report.skipped[file, default: []].contains(header) == false {
                    self.report.skipped[file, default: []].append(header)
                }
                continue
            }
            full.fields.append((property?.name ?? header, value))
        }
        return full
    }

    // MARK: - Ties

    private mutating func tie(
        _ row: ImportRow,
        _ id: String,
        _ state: inout MockWorld.State
    ) throws {
        for tie in row.ties {
            guard let other = self.other(tie, row.isHubSpot, state) else {
                self.report.openTies += 1
                continue
            }
            do {
                if let field = tie.field, !row.isHubSpot {
                    try state.salesforce.edit(
                        id,
                        fields: [.init(field, .text(other))],
                        at: self.now
                    )
                } else {
                    try self.associate(row.object, id, tie.object, other, &state.hubspot)
                }
                self.report.ties += 1
            } catch {
                throw ControlFailure(
                    "\(row.place): the CRM refused the tie to \(tie.object): \(error)."
                )
            }
        }
    }

    /// The first company of a record becomes its primary one.
    private func associate(
        _ object: String,
        _ id: String,
        _ other: String,
        _ otherID: String,
        _ hubspot: inout MockHubSpot
    ) throws(MockHubSpotRefusal) {
        let isPrimary =
            other == "companies" && ["contacts", "deals", "tickets"].contains(object)
            && hubspot.tieCount(id, of: object, to: other) == 0
        try hubspot.tie(id, of: object, to: otherID, of: other, isPrimary: isPrimary)
    }

    private mutating func other(
        _ tie: ImportTie,
        _ isHubSpot: Bool,
        _ state: MockWorld.State
    ) -> String? {
        guard let field = tie.by else {
            return self.formers[
                Former(isHubSpot: isHubSpot, object: tie.object, id: tie.value)
            ]
        }
        let key = Index(isHubSpot: isHubSpot, object: tie.object, field: field)
        if self.indexes[key] == nil { self.indexes[key] = Self.index(key, state) }
        return self.indexes[key]?[tie.value.lowercased()]
    }

    /// Records by a field's value in lower case; of several the first.
    private static func index(_ key: Index, _ state: MockWorld.State) -> [String: String] {
        let pairs: [(String, String)] =
            key.isHubSpot
            ? state.hubspot.export(object: key.object).compactMap { record in
                record[key.field].map { ($0.lowercased(), record.id) }
            }
            : state.salesforce.export(object: key.object).compactMap { record in
                record[key.field].text.map { ($0.lowercased(), record.id) }
            }
        return Dictionary(pairs) { first, _ in first }
    }
}
