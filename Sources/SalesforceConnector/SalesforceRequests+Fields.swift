import CRMInterface
import HTTPTransport
import WireJSON

/// Custom fields that are made (Tooling API: CustomField). Each is one call.
extension SalesforceRequests {
    func make(_ field: NewField) -> HTTPRequest {
        var writer = JSONWriter()
        writer.object { root in
            // Tasks and events have their custom fields in common (Tooling API: CustomField, TableEnumOrId).
            let isActivity = field.object == "Task" || field.object == "Event"
            root.member("FullName", "\(isActivity ? "Activity" : field.object).\(field.name)")
            root.name("Metadata")
            root.object { metadata in
                metadata.member("label", String(field.label.prefix(Self.labelMax)))
                metadata.member("description", String(field.note.prefix(Self.descriptionMax)))
                Self.write(field.kind, to: &metadata)
            }
        }
        return self.post(self.paths.customFields, writer.bytes)
    }

    /// Metadata API: CustomField.
    private static func write(_ kind: NewField.Kind, to metadata: inout JSONWriter) {
        switch kind {
        case .key:
            metadata.member("type", "Text")
            metadata.member("length", 18)
            metadata.member("externalId", true)
            metadata.member("unique", true)
            metadata.member("caseSensitive", false)
        case .text:
            metadata.member("type", "Text")
            metadata.member("length", 255)
        case .email: metadata.member("type", "Email")
        case .number(let scale):
            metadata.member("type", "Number")
            metadata.member("precision", 18)
            metadata.member("scale", scale)
        case .checkbox:
            metadata.member("type", "Checkbox")
            metadata.member("defaultValue", "false")
        case .date: metadata.member("type", "Date")
        case .dateTime: metadata.member("type", "DateTime")
        case .choice(let picks, let isMultiple):
            metadata.member("type", isMultiple ? "MultiselectPicklist" : "Picklist")
            if isMultiple { metadata.member("visibleLines", 4) }
            Self.write(picks, to: &metadata)
        }
    }

    private static func write(
        _ picks: [ObjectDescription.Pick],
        to metadata: inout JSONWriter
    ) {
        metadata.name("valueSet")
        metadata.object { set in
            set.member("restricted", false)
            set.name("valueSetDefinition")
            set.object { definition in
                definition.member("sorted", false)
                definition.name("value")
                definition.array { list in
                    for pick in picks where pick.isActive {
                        list.object { item in
                            item.member("valueName", pick.value)
                            item.member("label", pick.label)
                            item.member("default", false)
                        }
                    }
                }
            }
        }
    }

    private static let labelMax = 40
    private static let descriptionMax = 1_000
}
