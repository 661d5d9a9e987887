import Foundation
import Yams

/// What one entry of an `import.yaml` makes of the lines of its file.
struct ImportPlan {
    let file: String
    private let isHubSpot: Bool
    private let object: String
    /// Field and template, in the file's order.
    private let columns: [(field: String, template: String)]
    private let ties: [(field: String?, object: String, by: String, column: String)]
    /// By field: what a value of the file is in the CRM.
    private var values: [String: [String: String]] = [:]
    /// By field: how the file writes its dates.
    private var dates: [String: ImportDate] = [:]

    /// - Throws: `ControlFailure` that names what is missing.
    init(_ node: Node, in map: String) throws {
        guard let file = node["file"]?.string, let side = node["side"]?.string,
            ["hubspot", "salesforce"].contains(side), let object = node["object"]?.string,
            let columns = node["columns"]?.mapping
        else {
            throw ControlFailure(
                "\(map): each file needs `file`, `side` (hubspot or salesforce), `object` and "
                    + "`columns`."
            )
        }
        self.file = file
        self.isHubSpot = side == "hubspot"
        self.object = object
        self.columns = columns.map { ($0.key.string ?? "", $0.value.string ?? "") }
        self.ties = try (node["ties"]?.sequence ?? []).map { tie in
            guard let to = tie["to"]?.string, let by = tie["by"]?.string,
                let column = tie["column"]?.string, side == "hubspot" || tie["field"] != nil
            else {
                throw ControlFailure(
                    "\(map): each tie needs `to`, `by` and `column`, and `field` in Salesforce."
                )
            }
            return (tie["field"]?.string, to, by, column)
        }
        for (field, known) in node["values"]?.mapping ?? [:] {
            for (from, to) in known.mapping ?? [:] {
                self.values[field.string ?? "", default: [:]][from.string ?? ""] = to.string ?? ""
            }
        }
        for (field, form) in node["dates"]?.mapping ?? [:] {
            guard let date = ImportDate(form.string ?? "") else {
                throw ControlFailure(
                    "\(map): `\(form.string ?? "")` is no form of dates, such as dd-MM-yy."
                )
            }
            self.dates[field.string ?? ""] = date
        }
    }

    /// - Throws: `ControlFailure` for a date that is none.
    func row(_ line: [String: String], place: String) throws -> ImportRow {
        let fields = try self.columns.map { field, template in
            var value = Self.filled(template, line)
            value = self.values[field]?[value] ?? value
            if let form = self.dates[field], !value.isEmpty {
                guard let date = form.iso(value) else {
                    throw ControlFailure(
                        "\(place): `\(field)` is no date of the form \(form.form)."
                    )
                }
                value = date
            }
            return (field, value)
        }
        let ties = self.ties.compactMap { tie -> ImportTie? in
            guard let value = line[tie.column], !value.isEmpty else { return nil }
            return ImportTie(object: tie.object, by: tie.by, value: value, field: tie.field)
        }
        return ImportRow(
            isHubSpot: self.isHubSpot,
            object: self.object,
            fields: fields,
            ties: ties,
            place: place
        )
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
}
