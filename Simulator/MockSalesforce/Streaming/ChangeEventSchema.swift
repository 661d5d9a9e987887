import Signatures
import WireJSON

/// The Avro schema of an object's events as REST tells it, and its id.
struct ChangeEventSchema: Sendable {
    let object: MockObject

    /// `ContactChangeEvent`, or `Plant__ChangeEvent` for `Plant__c`.
    static func eventName(of object: String) -> String {
        object.hasSuffix("__c")
            ? String(object.dropLast(3)) + "__ChangeEvent" : object + "ChangeEvent"
    }

    /// 22 characters that change with the object's fields.
    ///
    /// Salesforce takes the MD5 of the schema's canonical form; this is another hash of the names
    /// and types, which no client can tell.
    var id: String {
        var text = self.object.name
        for field in self.object.fields where ChangeEventFields.has(field) {
            text += ",\(field.name):\(field.type.rawValue)"
        }
        return Base64.encodeForURL(SHA256.digest(text.utf8).prefix(16))
    }

    /// What clients of the streaming API get: the message with its channel.
    func writeExpanded(to writer: inout JSONWriter) {
        writer.object { writer in
            self.writeHead("expanded-record", to: &writer)
            writer.name("fields")
            writer.array { writer in
                writer.object { writer in
                    writer.member("name", "data")
                    writer.name("type")
                    self.writeRecord("Data", namespace: "", to: &writer) { writer in
                        Self.writeField("schema", "string", to: &writer)
                        writer.object { writer in
                            writer.member("name", "payload")
                            writer.name("type")
                            self.writeRecord("Payload", namespace: nil, to: &writer) {
                                self.writeFields(isCompact: false, to: &$0)
                            }
                        }
                        writer.object { writer in
                            writer.member("name", "event")
                            writer.name("type")
                            self.writeRecord("Event", namespace: nil, to: &writer) {
                                Self.writeField("replayId", "long", to: &$0)
                            }
                        }
                    }
                }
                Self.writeField("channel", "string", to: &writer)
            }
        }
    }

    /// The payload alone, strictly as Avro has it.
    func writeCompact(to writer: inout JSONWriter) {
        writer.object { writer in
            self.writeHead("record", to: &writer)
            writer.name("fields")
            writer.array { self.writeFields(isCompact: true, to: &$0) }
            writer.member("uuid", self.id)
        }
    }

    private func writeHead(_ type: String, to writer: inout JSONWriter) {
        writer.member("name", Self.eventName(of: self.object.name))
        writer.member("namespace", "com.sforce.eventbus")
        writer.member("type", type)
    }

    private func writeRecord(
        _ name: String,
        namespace: String?,
        to writer: inout JSONWriter,
        _ fields: (inout JSONWriter) -> Void
    ) {
        writer.object { writer in
            writer.member("type", "record")
            writer.member("name", name)
            if let namespace { writer.member("namespace", namespace) }
            writer.name("fields")
            writer.array { fields(&$0) }
        }
    }

    private static func writeField(_ name: String, _ type: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("type", type)
        }
    }

    private func writeFields(isCompact: Bool, to writer: inout JSONWriter) {
        self.writeHeader(to: &writer)
        var written: Set<String> = []
        for field in self.object.fields where ChangeEventFields.has(field) {
            guard let compound = ChangeEventFields.compound(of: field) else {
                self.writeNullable(field, field.name, isCompact, to: &writer)
                continue
            }
            guard written.insert(compound.name).inserted else { continue }
            writer.object { writer in
                writer.member("name", compound.name)
                writer.name("type")
                writer.array { writer in
                    writer.string("null")
                    let kind = compound.name == "Name" ? "Switchable_PersonName" : "Address"
                    self.writeRecord(kind, namespace: nil, to: &writer) { writer in
                        for part in self.object.fields where ChangeEventFields.has(part) {
                            guard let own = ChangeEventFields.compound(of: part),
                                own.name == compound.name
                            else { continue }
                            self.writeNullable(part, own.part, isCompact, to: &writer)
                        }
                    }
                }
                writer.name("default")
                writer.null()
            }
        }
    }

    private func writeNullable(
        _ field: MockField,
        _ name: String,
        _ isCompact: Bool,
        to writer: inout JSONWriter
    ) {
        let types: (avro: String, data: String) =
            switch field.type {
            case .boolean: ("boolean", "Boolean")
            case .int: ("int", "Integer")
            case .double, .currency, .percent: ("double", "Double")
            case .datetime: (isCompact ? "long" : "string", "DateTime")
            case .date: (isCompact ? "int" : "string", "DateOnly")
            case .reference: ("string", "EntityId")
            case .picklist: ("string", "Picklist")
            default: ("string", "Text")
            }
        writer.object { writer in
            writer.member("name", name)
            writer.name("type")
            writer.array { writer in
                writer.string("null")
                writer.string(types.avro)
            }
            writer.member("doc", "Data:\(types.data)")
            writer.name("default")
            writer.null()
        }
    }

    private func writeHeader(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", "ChangeEventHeader")
            writer.name("type")
            self.writeRecord("ChangeEventHeader", namespace: nil, to: &writer) { writer in
                Self.writeField("entityName", "string", to: &writer)
                self.writeTexts("recordIds", to: &writer)
                writer.object { writer in
                    writer.member("name", "changeType")
                    writer.name("type")
                    writer.object { writer in
                        writer.member("type", "enum")
                        writer.member("name", "ChangeType")
                        writer.name("symbols")
                        writer.array { for name in Self.typeNames { $0.string(name) } }
                    }
                }
                Self.writeField("changeOrigin", "string", to: &writer)
                Self.writeField("transactionKey", "string", to: &writer)
                Self.writeField("sequenceNumber", "int", to: &writer)
                Self.writeField("commitTimestamp", "long", to: &writer)
                Self.writeField("commitNumber", "long", to: &writer)
                Self.writeField("commitUser", "string", to: &writer)
                for name in ["nulledFields", "diffFields", "changedFields"] {
                    self.writeTexts(name, to: &writer)
                }
            }
        }
    }

    private func writeTexts(_ name: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", name)
            writer.name("type")
            writer.object { writer in
                writer.member("type", "array")
                writer.member("items", "string")
            }
        }
    }

    private static let typeNames = [
        "CREATE", "UPDATE", "DELETE", "UNDELETE", "GAP_CREATE", "GAP_UPDATE", "GAP_DELETE",
        "GAP_UNDELETE", "GAP_OVERFLOW", "SNAPSHOT",
    ]
}
