/// An object type of the org's own, such as `Plant__c`.
///
/// Its fields are `MockSalesforceCustomField`s; those of the settings stand beside those of other
/// objects. A field that is a master-detail makes it a detail: it has no owner of its own then.
package struct MockSalesforceCustomObject: Sendable, Hashable, Codable {
    /// With `__c`.
    package var name: String
    package var label: String
    package var pluralLabel: String
    /// What the field `Name` is called.
    package var nameLabel: String
    /// How `Name` is counted, as `P-{0000}`; `nil` for text that people give.
    package var nameFormat: String?
    /// The number of the first record where names are counted.
    package var firstNumber = 1

    package init(
        name: String,
        label: String,
        pluralLabel: String? = nil,
        nameLabel: String? = nil,
        nameFormat: String? = nil
    ) {
        self.name = name
        self.label = label
        self.pluralLabel = pluralLabel ?? label + "s"
        self.nameLabel = nameLabel ?? label + " Name"
        self.nameFormat = nameFormat
    }

    /// The most custom objects of an org: Unlimited and Performance have 2,000.
    static let countMax = 2_000

    /// Letters, digits and single underscores that begin with a letter, and `__c`.
    static func isName(_ name: String) -> Bool {
        guard name.hasSuffix("__c"), name.utf8.count <= 43 else { return false }
        let own = name.dropLast(3)
        let isPlain = own.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        }
        guard isPlain, let first = own.first else { return false }
        return first.isLetter && !own.hasSuffix("_") && !own.contains("__")
    }

    /// `a00`, `a01` and so on for the objects in the order in which they were made.
    static func keyPrefix(_ number: Int) -> String {
        let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        return "a" + String(digits[number / 62 % 62]) + String(digits[number % 62])
    }

    /// The object with what every custom object has.
    func shape(keyPrefix: String) -> MockObject {
        var object = MockObject(name: self.name, keyPrefix: keyPrefix, isWritable: true)
        object.label = self.label
        object.labelPlural = self.pluralLabel
        object.isCustom = true
        var id = MockField(name: "Id", label: "Record ID", type: .id)
        (id.length, id.isNillable, id.isDefaultedOnCreate) = (18, false, true)
        id.isIDLookup = true
        object.add(id)
        var owner = MockField(name: "OwnerId", label: "Owner ID", type: .reference)
        (owner.length, owner.isNillable, owner.isDefaultedOnCreate) = (18, false, true)
        (owner.isCreateable, owner.isUpdateable) = (true, true)
        (owner.referenceTo, owner.relationshipName) = (["Group", "User"], "Owner")
        object.add(owner)
        var isDeleted = MockField(name: "IsDeleted", label: "Deleted", type: .boolean)
        (isDeleted.isNillable, isDeleted.isDefaultedOnCreate) = (false, true)
        isDeleted.defaultValue = .boolean(false)
        object.add(isDeleted)
        object.add(self.nameField)
        for (prefix, label) in [("Created", "Created"), ("LastModified", "Last Modified")] {
            object.add(Self.stamp(prefix + "Date", label + " Date"))
            var author = MockField(name: prefix + "ById", label: label + " By ID", type: .reference)
            (author.length, author.isNillable, author.isDefaultedOnCreate) = (18, false, true)
            (author.referenceTo, author.relationshipName) = (["User"], prefix + "By")
            object.add(author)
        }
        object.add(Self.stamp("SystemModstamp", "System Modstamp"))
        return object
    }

    private var nameField: MockField {
        var field = MockField(name: "Name", label: self.nameLabel, type: .string)
        field.length = 80
        field.isIDLookup = true
        field.isDefaultedOnCreate = true
        if let format = self.nameFormat {
            field.autoNumberFormat = format
            field.firstNumber = self.firstNumber
            field.isNillable = false
            field.isGroupable = false
        } else {
            // Without a name a record is called by its id.
            (field.isCreateable, field.isUpdateable) = (true, true)
        }
        return field
    }

    private static func stamp(_ name: String, _ label: String) -> MockField {
        var field = MockField(name: name, label: label, type: .datetime)
        (field.isNillable, field.isDefaultedOnCreate, field.isGroupable) = (false, true, false)
        return field
    }
}
