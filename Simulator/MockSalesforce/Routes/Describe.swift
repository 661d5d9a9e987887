import Foundation
import WireJSON

/// Writes describe results with every key that recorded replies have.
enum Describe {
    static func write(
        _ object: MockObject,
        _ children: [(child: MockObject, MockChildRelationship)],
        _ types: [(id: String, type: MockSalesforceRecordType)],
        _ version: String,
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.empties(["actionOverrides", "namedLayoutInfos"])
            writer.name("childRelationships")
            writer.array { writer in
                for (child, relationship) in children {
                    self.write(child, relationship, of: object, to: &writer)
                }
            }
            self.writeObject(object, version, to: &writer)
            for name in [
                "compactLayoutable", "listviewable", "lookupLayoutable", "searchLayoutable",
            ] {
                writer.member(name, true)
            }
            writer.nulls([
                "defaultImplementation", "extendedBy", "extendsInterfaces", "implementedBy",
                "implementsInterfaces", "networkScopeFieldName", "sobjectDescribeOption",
            ])
            writer.name("recordTypeInfos")
            writer.array { writer in
                let url = object.isWritable ? self.url(object, version) + "/describe/layouts/" : nil
                for (id, type) in types { self.write(type, id, url, to: &writer) }
                self.writeMasterRecordType(
                    isDefault: !types.contains(where: \.type.isDefault),
                    url,
                    to: &writer
                )
            }
            writer.name("supportedScopes")
            writer.array { writer in
                writer.object { writer in
                    writer.member("label", "All \(object.labelPlural)")
                    writer.member("name", "everything")
                }
            }
            writer.name("fields")
            writer.array { writer in
                var masters = 0
                for field in object.fields where field.isVisible {
                    self.writeField(
                        field,
                        of: object,
                        order: field.isMasterDetail ? masters : nil,
                        to: &writer
                    )
                    if field.isMasterDetail { masters += 1 }
                }
            }
        }
    }

    private static func write(
        _ child: MockObject,
        _ relationship: MockChildRelationship,
        of object: MockObject,
        to writer: inout JSONWriter
    ) {
        let pointing = child.fields[relationship.place]
        let field = pointing.name
        writer.object { writer in
            writer.member(
                "cascadeDelete",
                pointing.lookupRule == .cascade || object.name == "Account" && field == "AccountId"
            )
            writer.member("childSObject", child.name)
            writer.member("deprecatedAndHidden", false)
            writer.member("field", field)
            writer.empties(["junctionIdListNames", "junctionReferenceTo"])
            self.writeText("relationshipName", relationship.name, to: &writer)
            writer.member("restrictedDelete", pointing.lookupRule == .restrict)
        }
    }

    private static func url(_ object: MockObject, _ version: String) -> String {
        "/services/data/\(version)/sobjects/\(object.name)"
    }

    /// The members that describe global has too, without the braces.
    static func writeObject(_ object: MockObject, _ version: String, to writer: inout JSONWriter) {
        let isPerson = ["Account", "Contact", "Lead"].contains(object.name)
        let flags: [(String, Bool)] = [
            ("activateable", false),
            ("createable", object.isWritable && object.access.isCreateable),
            ("custom", object.isCustom),
            ("customSetting", false), ("deepCloneable", false),
            ("deletable", object.isWritable && object.access.isDeletable),
            ("deprecatedAndHidden", false), ("feedEnabled", isPerson), ("hasSubtypes", false),
            ("isInterface", false), ("isSubtype", false), ("layoutable", object.isWritable),
            ("mergeable", isPerson), ("mruEnabled", object.isWritable), ("queryable", true),
            ("replicateable", true), ("retrieveable", true), ("searchable", object.isWritable),
            ("triggerable", object.isWritable),
            ("undeletable", object.isWritable && object.name != "OpportunityContactRole"),
            ("updateable", object.isWritable && object.access.isEditable),
        ]
        for (name, flag) in flags { writer.member(name, flag) }
        writer.nulls(["associateEntityType", "associateParentEntity"])
        writer.member("keyPrefix", object.keyPrefix)
        writer.member("label", object.label)
        writer.member("labelPlural", object.labelPlural)
        writer.member("name", object.name)
        writer.name("urls")
        writer.object { writer in
            let url = self.url(object, version)
            if object.isWritable {
                writer.member("compactLayouts", url + "/describe/compactLayouts")
                writer.member("layouts", url + "/describe/layouts")
                writer.member("listviews", url + "/listviews")
            }
            writer.member("rowTemplate", url + "/{ID}")
            writer.member("describe", url + "/describe")
            writer.member("sobject", url)
        }
    }

    /// `order`: which of its object's masters a master-detail names, from 0.
    static func writeField(
        _ field: MockField,
        of object: MockObject,
        order: Int?,
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            for (name, flag) in self.flags(field, of: object) { writer.member(name, flag) }
            writer.member("byteLength", field.length * 3)
            writer.member("digits", field.type == .int ? 9 : 0)
            writer.member("length", field.length)
            writer.member("precision", field.precision)
            writer.member("scale", field.scale)
            self.writeText("compoundFieldName", field.compoundFieldName, to: &writer)
            self.writeText("relationshipName", field.relationshipName, to: &writer)
            writer.member("label", field.label)
            writer.member("name", field.name)
            writer.member("soapType", field.type.soapType)
            writer.member("type", field.type.rawValue)
            self.writeText("extraTypeInfo", self.extraType(field), to: &writer)
            writer.name("defaultValue")
            RowWriter.write(
                field.type == .boolean ? field.defaultValue : .null,
                isFractional: false,
                to: &writer
            )
            self.writeText("calculatedFormula", field.calculation?.text, to: &writer)
            self.writeText("controllerName", field.controllerName, to: &writer)
            writer.nulls([
                "defaultValueFormula", "filteredLookupInfo", "inlineHelpText", "mask", "maskType",
                "referenceTargetField",
            ])
            writer.name("relationshipOrder")
            if let order { writer.integer(order) } else { writer.null() }
            writer.name("referenceTo")
            writer.array { writer in
                for target in field.referenceTo { writer.string(target) }
            }
            writer.name("picklistValues")
            writer.array { writer in
                for (place, value) in field.picklistValues.enumerated() {
                    let labels = field.picklistLabels
                    self.writePicklist(
                        value,
                        label: labels.indices.contains(place) ? labels[place] : value,
                        validFor: field.picklistCountries.isEmpty
                            ? nil : Self.bits(field.picklistCountries[place]),
                        isActive: !field.inactiveValues.contains(value),
                        isDefault: field.defaultValue == .text(value),
                        to: &writer
                    )
                }
            }
        }
    }

    private static func flags(_ field: MockField, of object: MockObject) -> [(String, Bool)] {
        let isText = !field.type.isNumber && ![.boolean, .date, .datetime].contains(field.type)
        return [
            ("aggregatable", field.isGroupable), ("aiPredictionField", false),
            ("autoNumber", field.isAutoNumber), ("calculated", field.isCalculated),
            ("cascadeDelete", field.lookupRule == .cascade),
            ("caseSensitive", field.isCaseSensitive),
            ("createable", field.isCreateable && !field.isLocked),
            ("custom", field.isCustom), ("defaultedOnCreate", field.isDefaultedOnCreate),
            ("dependentPicklist", field.controllerName != nil), ("deprecatedAndHidden", false),
            ("displayLocationInDecimal", false), ("encrypted", false),
            ("externalId", field.isExternalID), ("filterable", field.isFilterable),
            ("formulaTreatNullNumberAsZero", false), ("groupable", field.isGroupable),
            ("highScaleNumber", false), ("htmlFormatted", false), ("idLookup", field.isIDLookup),
            ("nameField", field.name == "Name"), ("namePointing", field.referenceTo.count > 1),
            ("nillable", field.isNillable),
            ("permissionable", object.permissionName(of: field) != nil),
            ("polymorphicForeignKey", field.referenceTo.count > 1), ("queryByDistance", false),
            ("restrictedDelete", field.lookupRule == .restrict),
            ("restrictedPicklist", field.isRestrictedPicklist),
            ("searchPrefilterable", isText && field.type == .reference),
            ("sortable", field.isSortable), ("unique", field.isUnique),
            ("updateable", field.isUpdateable && !field.isLocked),
            ("writeRequiresMasterRead", false),
        ]
    }

    private static func extraType(_ field: MockField) -> String? {
        guard field.type == .textarea else {
            return field.compoundFieldName == "Name" ? "personname" : nil
        }
        return field.length > 255 ? "plaintextarea" : nil
    }

    private static func writePicklist(
        _ value: String,
        label: String,
        validFor: String?,
        isActive: Bool,
        isDefault: Bool,
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.member("active", isActive)
            writer.member("defaultValue", isDefault)
            writer.member("label", label)
            self.writeText("validFor", validFor, to: &writer)
            writer.member("value", value)
        }
    }

    /// One place of a list as Base64 text, each of whose characters is six bits, the highest first.
    private static func bits(_ place: Int) -> String {
        let bytes = (0..<(place / 24 + 1) * 3).map {
            UInt8($0 == place / 8 ? 128 >> (place % 8) : 0)
        }
        return Data(bytes).base64EncodedString()
    }

    private static func write(
        _ type: MockSalesforceRecordType,
        _ id: String,
        _ layouts: String?,
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.member("active", type.isActive)
            writer.member("available", type.isActive && type.isAvailable)
            writer.member("defaultRecordTypeMapping", type.isDefault)
            writer.member("developerName", type.developerName)
            writer.member("master", false)
            writer.member("name", type.name)
            writer.member("recordTypeId", id)
            writer.name("urls")
            writer.object { urls in
                if let layouts { urls.member("layout", layouts + id) }
            }
        }
    }

    private static func writeMasterRecordType(
        isDefault: Bool,
        _ layouts: String?,
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            for name in ["active", "available"] { writer.member(name, true) }
            writer.member("defaultRecordTypeMapping", isDefault)
            writer.member("developerName", "Master")
            writer.member("master", true)
            writer.member("name", "Master")
            writer.member("recordTypeId", MockSalesforce.masterRecordType)
            writer.name("urls")
            writer.object { urls in
                if let layouts { urls.member("layout", layouts + MockSalesforce.masterRecordType) }
            }
        }
    }

    private static func writeText(_ name: String, _ text: String?, to writer: inout JSONWriter) {
        writer.name(name)
        if let text { writer.string(text) } else { writer.null() }
    }
}
