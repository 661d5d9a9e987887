import Foundation
import SwiftCSV
import Yams

/// Reads people's own exports: CSV files with API names or HubSpot's labels as headers, or an
/// `import.yaml` that says which column becomes which field.
package enum ImportFolder {
    package static func read(_ folder: String) throws -> [ImportRow] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
            isFolder.boolValue
        else { throw ControlFailure("There is no folder \(folder).") }
        let map = folder + "/import.yaml"
        if FileManager.default.fileExists(atPath: map) { return try Self.mapped(map, folder) }
        return try Self.plain(folder, "hubspot") + Self.plain(folder, "salesforce")
    }

    private static func plain(_ folder: String, _ side: String) throws -> [ImportRow] {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(side)")) ?? []
        return try names.filter { $0.hasSuffix(".csv") }.sorted().flatMap { name in
            let table = try Self.table("\(folder)/\(side)/\(name)")
            return table.rows.enumerated().map { index, row in
                ImportRow(
                    isHubSpot: side == "hubspot",
                    object: String(name.dropLast(4)),
                    fields: table.header.map { ($0, row[$0] ?? "") },
                    place: "\(side)/\(name):\(index + 2)"
                )
            }
        }
    }

    private static func mapped(_ map: String, _ folder: String) throws -> [ImportRow] {
        guard let text = try? String(contentsOfFile: map, encoding: .utf8),
            let files = try? Yams.compose(yaml: text)?["files"]?.sequence
        else { throw ControlFailure("\(map): a list `files` is missing.") }
        return try files.flatMap { file in
            let plan = try ImportPlan(file, in: map)
            let table = try Self.table("\(folder)/\(plan.file)")
            return try table.rows.enumerated().map { index, row in
                try plan.row(row, place: "\(plan.file):\(index + 2)")
            }
        }
    }

    private static func table(_ path: String) throws -> CSV<Named> {
        do {
            return try CSV<Named>(url: URL(fileURLWithPath: path), delimiter: .comma)
        } catch {
            throw ControlFailure("\(path) cannot be read as CSV.")
        }
    }
}
