import SyncCore
import WireJSON

/// The rows of a configuration's mappings, as a table or as data.
package enum MappingList {
    package static func text(_ mappings: [Configuration.Mapping]) -> String {
        mappings.map { mapping in
            let title =
                "\(mapping.name): HubSpot \(mapping.hubspot) ⇄ Salesforce "
                + mapping.salesforce.joined(separator: ", ")
            let table = TextTable(
                header: ["HubSpot", "Salesforce", "rule", "besides"],
                rows: mapping.fields.map { field in
                    [
                        field.hubspot, field.salesforce.text, field.rule.title,
                        Self.besides(field),
                    ]
                },
                textColumns: [0, 1, 2, 3]
            )
            return ([title] + table.lines()).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private static func besides(_ field: Configuration.Field) -> String {
        var parts: [String] = []
        if !field.values.isEmpty { parts.append("\(field.values.count) values") }
        if field.takesLabels { parts.append("values by label") }
        if !field.defaults.isEmpty { parts.append("default") }
        return parts.joined(separator: ", ")
    }

    package static func json(_ mappings: [Configuration.Mapping]) -> String {
        var writer = JSONWriter()
        writer.object { root in
            root.member("formatVersion", CommandReport.formatVersion)
            root.name("mappings")
            root.array { list in
                for mapping in mappings {
                    list.object { item in
                        item.member("name", mapping.name)
                        item.member("hubspot", mapping.hubspot)
                        item.name("salesforce")
                        item.array { objects in
                            for object in mapping.salesforce { objects.string(object) }
                        }
                        item.name("fields")
                        item.array { fields in
                            for field in mapping.fields { Self.write(field, to: &fields) }
                        }
                    }
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func write(_ field: Configuration.Field, to fields: inout JSONWriter) {
        fields.object { row in
            row.member("hubspot", field.hubspot)
            row.member("salesforce", field.salesforce.text)
            row.member("rule", field.rule.rawValue)
            row.member("line", field.place.line)
        }
    }
}
