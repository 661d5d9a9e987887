import HTTPTransport
import WireJSON

/// `/sobjects/{object}/describe/layouts` and `/describe/compactLayouts`, each with a record type's id.
extension MockSalesforce {
    /// Salesforce's own record type, which every object has.
    static let masterRecordType = "012000000000000AAA"

    /// Whether the path goes on below a describe.
    func isLayout(_ request: RESTRequest) -> Bool {
        let path = request.path
        return (4...5).contains(path.count) && path[2] == "describe"
            && ["layouts", "compactLayouts"].contains(path[3])
    }

    func layouts(_ table: Int, _ request: RESTRequest) throws(RequestFailure) -> RESTReply {
        try Self.allow([.get], request)
        let object = self.org.tables[table].object
        guard object.isWritable else { throw RequestFailure.notFound }
        let layout = LayoutWriter(object: object, table: table)
        let isCompact = request.path[3] == "compactLayouts"
        guard request.path.count == 5 else {
            return RESTReply.json(reserving: 65_536) { writer in
                if isCompact {
                    self.writeCompactLayouts(object, request.version, to: &writer)
                } else {
                    self.writeLayouts(layout, request.version, to: &writer)
                }
            }
        }
        let id = SalesforceID.canonical(request.path[4])
        let isKnown =
            isCompact && request.path[4] == "primary"
            || self.recordTypes(of: object).contains { $0.id == id }
        guard isKnown else { throw RequestFailure.notFound }
        return RESTReply.json(reserving: 65_536) { writer in
            if isCompact {
                layout.writeCompact(to: &writer)
            } else {
                layout.write(to: &writer)
            }
        }
    }

    /// A record type as layouts name it.
    private struct Mapping {
        var id: String
        var name: String
        var developerName: String
        var isActive = true
        var isAvailable = true
        var isDefault: Bool
        var isMaster: Bool { self.id == MockSalesforce.masterRecordType }
    }

    /// The object's record types, the master last.
    private func recordTypes(of object: MockObject) -> [Mapping] {
        let own = self.org.recordTypes(of: object.name)
        let master = Mapping(
            id: Self.masterRecordType,
            name: "Master",
            developerName: "Master",
            isDefault: !own.contains(where: \.type.isDefault)
        )
        return own.map { id, type in
            Mapping(
                id: id,
                name: type.name,
                developerName: type.developerName,
                isActive: type.isActive,
                isAvailable: type.isActive && type.isAvailable,
                isDefault: type.isDefault
            )
        } + [master]
    }

    private func writeLayouts(
        _ layout: LayoutWriter,
        _ version: String,
        to writer: inout JSONWriter
    ) {
        let types = self.recordTypes(of: layout.object)
        writer.object { writer in
            writer.name("layouts")
            // An object of several record types has its layouts under theirs alone.
            if types.count > 1 {
                writer.null()
            } else {
                writer.array { layout.write(to: &$0) }
            }
            writer.name("recordTypeMappings")
            writer.array { writer in
                for type in types {
                    writer.object { writer in
                        writer.member("active", type.isActive)
                        writer.member("available", type.isAvailable)
                        writer.member("defaultRecordTypeMapping", type.isDefault)
                        writer.member("developerName", type.developerName)
                        writer.member("layoutId", layout.id)
                        writer.member("master", type.isMaster)
                        writer.member("name", type.name)
                        writer.name("picklistsForRecordType")
                        writer.array { _ in }
                        writer.member("recordTypeId", type.id)
                        let url = Self.describeURL(layout.object, version) + "/layouts/\(type.id)"
                        Self.writeURL("layout", url, to: &writer)
                    }
                }
            }
            writer.name("recordTypeSelectorRequired")
            writer.array { $0.boolean(types.count(where: \.isAvailable) > 2) }
        }
    }

    private func writeCompactLayouts(
        _ object: MockObject,
        _ version: String,
        to writer: inout JSONWriter
    ) {
        let url = Self.describeURL(object, version) + "/compactLayouts/"
        writer.object { writer in
            // Nobody has made one: every record type shows the system's own, which has no id.
            writer.name("compactLayouts")
            writer.array { _ in }
            writer.name("defaultCompactLayoutId")
            writer.null()
            writer.name("recordTypeCompactLayoutMappings")
            writer.array { writer in
                for type in self.recordTypes(of: object) {
                    writer.object { writer in
                        writer.member("available", type.isAvailable)
                        writer.name("compactLayoutId")
                        writer.null()
                        writer.member("compactLayoutName", "SYSTEM")
                        writer.member("recordTypeId", type.id)
                        writer.member("recordTypeName", type.name)
                        Self.writeURL("compactLayout", url + type.id, to: &writer)
                    }
                }
            }
            Self.writeURL("primary", url + "primary", to: &writer)
        }
    }

    private static func describeURL(_ object: MockObject, _ version: String) -> String {
        "/services/data/\(version)/sobjects/\(object.name)/describe"
    }

    private static func writeURL(_ name: String, _ url: String, to writer: inout JSONWriter) {
        writer.name("urls")
        writer.object { $0.member(name, url) }
    }
}
