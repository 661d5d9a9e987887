import Foundation
import MockHubSpot
import MockSalesforce
package import SimulationKit
import SwiftCSV
import Yams

/// Reads people's own exports into the mocks: CSV files with API names as headers, or an
/// `import.yaml` that says which column becomes which field.
package enum ImportFolder {
    /// One record to be made.
    package struct Row: Sendable {
        package var isHubSpot: Bool
        package var object: String
        package var fields: [(String, String)]
        /// `file:line`, for messages.
        package var place: String
    }

    package static func read(_ folder: String) throws -> [Row] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
            isFolder.boolValue
        else { throw ControlFailure("There is no folder \(folder).") }
        let map = folder + "/import.yaml"
        if FileManager.default.fileExists(atPath: map) { return try Self.mapped(map, folder) }
        return try Self.plain(folder, "hubspot") + Self.plain(folder, "salesforce")
    }

    /// Makes the records; the first that a CRM refuses ends it, with its place.
    package static func apply(
        _ rows: [Row],
        to state: inout MockWorld.State,
        now: Int64
    ) throws {
        for row in rows {
            let set = row.fields.filter { !$0.1.isEmpty }
            do {
                if row.isHubSpot {
                    try state.hubspot.seed(fields: set, at: now - 86_400_000)
                } else {
                    try state.salesforce.seed(
                        object: row.object,
                        fields: set.map { .init($0.0, .text($0.1)) },
                        at: now - 86_400_000
                    )
                }
            } catch {
                throw ControlFailure("\(row.place): the CRM refused the record: \(error).")
            }
        }
    }

    private static func plain(_ folder: String, _ side: String) throws -> [Row] {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(side)")) ?? []
        return try names.filter { $0.hasSuffix(".csv") }.sorted().flatMap { name in
            let path = "\(folder)/\(side)/\(name)"
            let table = try Self.table(path)
            return table.rows.enumerated().map { index, row in
                Row(
                    isHubSpot: side == "hubspot",
                    object: String(name.dropLast(4)),
                    fields: table.header.map { ($0, row[$0] ?? "") },
                    place: "\(path):\(index + 2)"
                )
            }
        }
    }

    private static func mapped(_ map: String, _ folder: String) throws -> [Row] {
        guard let text = try? String(contentsOfFile: map, encoding: .utf8),
            let files = try? Yams.compose(yaml: text)?["files"]?.sequence
        else { throw ControlFailure("\(map): a list `files` is missing.") }
        var rows: [Row] = []
        for file in files {
            guard let name = file["file"]?.string, let side = file["side"]?.string,
                let object = file["object"]?.string, let columns = file["columns"]?.mapping
            else {
                throw ControlFailure(
                    "\(map): each file needs `file`, `side`, `object` and `columns`."
                )
            }
            let table = try Self.table("\(folder)/\(name)")
            for (index, row) in table.rows.enumerated() {
                let fields = columns.map { key, value in
                    (key.string ?? "", Self.filled(value.string ?? "", row))
                }
                rows.append(
                    Row(
                        isHubSpot: side == "hubspot",
                        object: object,
                        fields: fields,
                        place: "\(name):\(index + 2)"
                    )
                )
            }
        }
        return rows
    }

    /// `{first} {last}` takes columns; text without braces is a column's name, else a constant.
    private static func filled(_ template: String, _ row: [String: String]) -> String {
        guard template.contains("{") else { return row[template] ?? template }
        var text = template
        for name in row.keys.sorted() {
            text = text.replacingOccurrences(of: "{\(name)}", with: row[name] ?? "")
        }
        return text
    }

    private static func table(_ path: String) throws -> CSV<Named> {
        do {
            return try CSV<Named>(url: URL(fileURLWithPath: path), delimiter: .comma)
        } catch {
            throw ControlFailure("\(path) cannot be read as CSV.")
        }
    }
}
