import WireJSON

/// Writes an object as the UI API tells of it: describe in other words.
///
/// User Interface API, Object Info and Field; the members are those of ObjectInfoRepresentation in the
/// vendor's own tools (salesforcedx-vscode-mobile).
struct ObjectInfo: Sendable {
    let org: MockOrg
    let object: MockObject
    let table: Int
    /// When the org's metadata last changed, in milliseconds since 1970.
    let changedAt: Int64

    func write(to writer: inout JSONWriter) {
        let types = self.org.recordTypes(of: self.object.name)
        let standard = types.first(where: \.type.isDefault)?.id
        writer.object { writer in
            writer.member("apiName", self.object.name)
            writer.nulls(["associateEntityType", "associateParentEntity"])
            self.writeChildren(to: &writer)
            writer.member("compactLayoutable", true)
            writer.member("createable", self.object.isWritable && self.object.access.isCreateable)
            writer.member("custom", self.object.isCustom)
            writer.member("defaultRecordTypeId", standard ?? MockSalesforce.masterRecordType)
            writer.member("deletable", self.object.isWritable && self.object.access.isDeletable)
            writer.name("dependentFields")
            writer.object { _ in }
            writer.member("eTag", self.tag)
            writer.member("feedEnabled", Self.people.contains(self.object.name))
            writer.name("fields")
            writer.object { writer in
                for field in self.object.fields where field.isVisible {
                    writer.name(field.name)
                    self.write(field, to: &writer)
                }
            }
            writer.member("keyPrefix", self.object.keyPrefix)
            writer.member("label", self.object.label)
            writer.member("labelPlural", self.object.labelPlural)
            writer.member("layoutable", self.object.isWritable)
            writer.member("mruEnabled", self.object.isWritable)
            Self.writeTexts("nameFields", Self.nameFields(self.object), to: &writer)
            writer.member("queryable", true)
            self.writeRecordTypes(types, hasDefault: standard != nil, to: &writer)
            writer.member("searchLayoutable", true)
            writer.member("searchable", self.object.isWritable)
            writer.name("themeInfo")
            writer.null()
            writer.member("updateable", self.object.isWritable && self.object.access.isEditable)
        }
    }

    private static let people: Set<String> = ["Account", "Contact", "Lead"]

    /// Thirty-two digits that are others after every change of the metadata.
    private var tag: String {
        let digits = String(self.changedAt, radix: 16) + String(self.table + 256, radix: 16)
        return String(repeating: "0", count: max(0, 32 - digits.count)) + digits
    }

    private func writeChildren(to writer: inout JSONWriter) {
        writer.name("childRelationships")
        writer.array { writer in
            for child in self.org.childRelationships(of: self.table) {
                let other = self.org.tables[child.table].object
                writer.object { writer in
                    writer.member("childObjectApiName", other.name)
                    writer.member("fieldName", other.fields[child.place].name)
                    Self.writeTexts("junctionIdListNames", [], to: &writer)
                    Self.writeTexts("junctionReferenceTo", [], to: &writer)
                    Self.writeText("relationshipName", child.name, to: &writer)
                }
            }
        }
    }

    private func writeRecordTypes(
        _ types: [(id: String, type: MockSalesforceRecordType)],
        hasDefault: Bool,
        to writer: inout JSONWriter
    ) {
        writer.name("recordTypeInfos")
        writer.object { writer in
            for (id, type) in types {
                writer.name(id)
                writer.object { writer in
                    writer.member("available", type.isActive && type.isAvailable)
                    writer.member("defaultRecordTypeMapping", type.isDefault)
                    writer.member("master", false)
                    writer.member("name", type.name)
                    writer.member("recordTypeId", id)
                }
            }
            writer.name(MockSalesforce.masterRecordType)
            writer.object { writer in
                writer.member("available", true)
                writer.member("defaultRecordTypeMapping", !hasDefault)
                writer.member("master", true)
                writer.member("name", "Master")
                writer.member("recordTypeId", MockSalesforce.masterRecordType)
            }
        }
    }

    private func write(_ field: MockField, to writer: inout JSONWriter) {
        let parts = self.object.fields.filter {
            $0.compoundFieldName == field.name && $0.name != field.name
        }
        let isPart = field.compoundFieldName != nil && field.compoundFieldName != field.name
        writer.object { writer in
            writer.member("apiName", field.name)
            writer.member("calculated", field.isCalculated)
            writer.member("compound", !parts.isEmpty)
            Self.writeText("compoundComponentName", isPart ? field.name : nil, to: &writer)
            Self.writeText("compoundFieldName", field.compoundFieldName, to: &writer)
            writer.nulls(["controllerName"])
            Self.writeTexts("controllingFields", [], to: &writer)
            writer.member("createable", field.isCreateable && !field.isLocked)
            writer.member("custom", field.isCustom)
            writer.member("dataType", Self.dataType(field.type))
            writer.member("externalId", field.isExternalID)
            Self.writeText("extraTypeInfo", Self.extraType(field, parts), to: &writer)
            writer.member("filterable", field.isFilterable)
            writer.nulls(["filteredLookupInfo"])
            for name in ["highScaleNumber", "htmlFormatted"] { writer.member(name, false) }
            writer.nulls(["inlineHelpText"])
            writer.member("label", field.label)
            writer.member("length", field.length)
            writer.nulls(["maskType"])
            writer.member("nameField", field.name == "Name")
            writer.member("polymorphicForeignKey", field.referenceTo.count > 1)
            writer.member("precision", field.precision)
            writer.member("reference", field.type == .reference)
            writer.nulls(["referenceTargetField"])
            self.writeTargets(field, to: &writer)
            Self.writeText("relationshipName", field.relationshipName, to: &writer)
            writer.member("required", field.isRequired)
            writer.member("scale", field.scale)
            writer.member("searchPrefilterable", field.type == .reference)
            writer.member("sortable", field.isSortable)
            writer.member("unique", field.isUnique)
            writer.member("updateable", field.isUpdateable && !field.isLocked)
        }
    }

    private func writeTargets(_ field: MockField, to writer: inout JSONWriter) {
        writer.name("referenceToInfos")
        writer.array { writer in
            for name in field.referenceTo {
                guard let target = self.org.readableTable(name) else { continue }
                writer.object { writer in
                    writer.member("apiName", name)
                    let names = Self.nameFields(self.org.tables[target].object)
                    Self.writeTexts("nameFields", names, to: &writer)
                }
            }
        }
    }

    /// The field that names a record, with the parts that a person's name has.
    private static func nameFields(_ object: MockObject) -> [String] {
        let parts = ["FirstName", "LastName"].filter { name in
            object.place(of: name).map { object.fields[$0].compoundFieldName == "Name" } ?? false
        }
        let own = ["Name", "Subject", "CaseNumber"].first { object.place(of: $0) != nil }
        return parts + [own].compactMap(\.self)
    }

    private static func extraType(_ field: MockField, _ parts: [MockField]) -> String? {
        if field.name == "Name", !parts.isEmpty { return "PersonName" }
        return field.type == .textarea ? "PlainTextArea" : nil
    }

    private static func dataType(_ type: MockFieldType) -> String {
        switch type {
        // An id is a reference to the record itself.
        case .id, .reference: "Reference"
        case .string: "String"
        case .textarea: "TextArea"
        case .picklist: "Picklist"
        case .multipicklist: "MultiPicklist"
        case .boolean: "Boolean"
        case .int: "Int"
        case .double: "Double"
        case .currency: "Currency"
        case .percent: "Percent"
        case .date: "Date"
        case .datetime: "DateTime"
        case .time: "Time"
        case .email: "Email"
        case .phone: "Phone"
        case .url: "Url"
        case .address: "Address"
        case .combobox: "ComboBox"
        case .encryptedstring: "EncryptedString"
        }
    }

    private static func writeText(_ name: String, _ text: String?, to writer: inout JSONWriter) {
        writer.name(name)
        if let text { writer.string(text) } else { writer.null() }
    }

    private static func writeTexts(
        _ name: String,
        _ texts: [String],
        to writer: inout JSONWriter
    ) {
        writer.name(name)
        writer.array { writer in
            for text in texts { writer.string(text) }
        }
    }
}
