import CRMInterface
package import SyncCore

/// The mapped fields for people who do not read the configuration: a table to print, to mail or to open in a spreadsheet.
package struct MappingDictionary: Sendable, Hashable {
    /// One property with one field.
    package struct Row: Sendable, Hashable {
        package var mapping: String
        package var hubspotObject: String
        package var property: String
        package var salesforceObject: String
        package var field: String
        package var rule: SyncRule
        /// Values that say the same, `HubSpot's → Salesforce's`.
        package var values: [String]
        package var defaults: [String]
    }

    package private(set) var rows: [Row] = []

    package init(_ configuration: Configuration) {
        for mapping in configuration.mappings {
            for field in mapping.fields {
                for object in mapping.salesforce {
                    guard let name = field.salesforce.name(on: object) else { continue }
                    self.rows.append(
                        Row(
                            mapping: mapping.name,
                            hubspotObject: mapping.written,
                            property: field.hubspot,
                            salesforceObject: object,
                            field: name,
                            rule: field.rule,
                            values: field.takesLabels
                                ? ["by their labels"]
                                : field.values.map { "\($0.hubspot) → \($0.salesforce)" },
                            defaults: field.defaults.map(Self.text)
                        )
                    )
                }
            }
        }
    }

    private static func text(_ value: FieldMapping.Default) -> String {
        switch value {
        case .emailLocalPart: "the address before @"
        case .text(let text): text
        }
    }

    private static let header = [
        "Mapping", "HubSpot object", "Property", "Salesforce object", "Field", "Sync type",
        "Values", "Default",
    ]

    private static func cells(_ row: Row) -> [String] {
        [
            row.mapping, row.hubspotObject, row.property, row.salesforceObject, row.field,
            row.rule.title, row.values.joined(separator: "; "),
            row.defaults.joined(separator: ", else "),
        ]
    }

    // MARK: - CSV

    /// RFC 4180, in UTF-8; the first line names the columns.
    package var csv: String {
        var writer = CSVWriter()
        writer.row(Self.header)
        for row in self.rows { writer.row(Self.cells(row)) }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    // MARK: - HTML

    /// A page that needs nothing else, in the reader's light or dark.
    package func html(title: String) -> String {
        var names: [String] = []
        for row in self.rows where !names.contains(row.mapping) { names.append(row.mapping) }
        let tables = names.map { name in
            self.table(self.rows.filter { $0.mapping == name }, named: name)
        }
        return """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Self.escaped(title))</title>
            <style>\(Self.style)</style>
            <h1>\(Self.escaped(title))</h1>
            <p>\(self.rows.count) fields. A sync type says who may write a field, and who wins where both were edited.</p>
            \(tables.joined(separator: "\n"))
            </html>

            """
    }

    private func table(_ rows: [Row], named name: String) -> String {
        let objects = rows.first.map { first in
            var others: [String] = []
            for row in rows where !others.contains(row.salesforceObject) {
                others.append(row.salesforceObject)
            }
            return "HubSpot \(first.hubspotObject), Salesforce \(others.joined(separator: " and "))"
        }
        let head = Self.header.dropFirst(2).map { "<th>\(Self.escaped($0))</th>" }.joined()
        let body = rows.map { row in
            "<tr>"
                + Self.cells(row).dropFirst(2).enumerated().map { place, cell in
                    let isName = place == 0 || place == 2
                    let text = Self.escaped(cell)
                    return "<td>\(isName ? "<code>\(text)</code>" : text)</td>"
                }.joined() + "</tr>"
        }
        return """
            <h2>\(Self.escaped(name))</h2>
            <p>\(Self.escaped(objects ?? ""))</p>
            <div><table><thead><tr>\(head)</tr></thead>
            <tbody>\(body.joined(separator: "\n"))</tbody></table></div>
            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }

    private static let style = """
        :root{color-scheme:light dark}
        body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
        h2{margin:2.5rem 0 0}
        div{overflow-x:auto}
        table{border-collapse:collapse;width:100%}
        th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #8884}
        th{font-weight:600;white-space:nowrap}
        code{font:13px/1.5 ui-monospace,monospace}
        @media print{body{margin:0;max-width:none}}
        """
}
