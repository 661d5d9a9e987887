/// Products, price books and what an opportunity sells.
///
/// Fields and what may be done with them: Object Reference. Labels and lengths are those that lists
/// of real orgs have (CData's); the values of `Family` and `QuantityUnitOfMeasure` are the mock's own.
enum ProductSchema {
    private enum Use {
        case readOnly
        /// Set by a create and never again.
        case createOnly
        case writable
    }

    static var objects: [MockObject] {
        [Self.product, Self.pricebook, Self.entry, Self.lineItem]
    }

    private static var product: MockObject {
        Self.object(
            "Product2",
            "01t",
            label: "Product",
            [
                Self.required(Self.text("Name", "Product Name", 255, .writable)),
                Self.text("ProductCode", "Product Code", 255, .writable),
                Self.field("Description", "Product Description", .textarea, 4_000, .writable),
                Self.flag("IsActive", "Active", .writable),
                Self.picklist("Family", "Product Family", ["None"]),
                Self.field("DisplayUrl", "Display URL", .url, 1_000, .writable),
                Self.picklist("QuantityUnitOfMeasure", "Quantity Unit Of Measure", ["Each"]),
                Self.text("StockKeepingUnit", "Product SKU", 180, .writable),
                Self.text("ExternalId", "External ID", 255, .writable),
                Self.flag("IsArchived", "Archived", .readOnly),
            ]
        )
    }

    private static var pricebook: MockObject {
        Self.object(
            "Pricebook2",
            "01s",
            label: "Price Book",
            [
                Self.required(Self.text("Name", "Price Book Name", 255, .writable)),
                Self.text("Description", "Description", 255, .writable),
                Self.flag("IsActive", "Active", .writable),
                Self.flag("IsArchived", "Archived", .readOnly),
                Self.flag("IsStandard", "Is Standard Price Book", .readOnly),
            ]
        )
    }

    private static var entry: MockObject {
        Self.object(
            "PricebookEntry",
            "01u",
            label: "Price Book Entry",
            [
                Self.text("Name", "Product Name", 255, .readOnly),
                Self.required(Self.reference("Pricebook2Id", "Price Book ID", .createOnly)),
                Self.required(Self.reference("Product2Id", "Product ID", .createOnly)),
                Self.required(Self.amount("UnitPrice", "List Price", .currency, .writable)),
                Self.flag("IsActive", "Active", .writable),
                Self.flag("UseStandardPrice", "Use Standard Price", .writable),
                Self.text("ProductCode", "Product Code", 255, .readOnly),
                Self.flag("IsArchived", "Archived", .readOnly),
            ]
        )
    }

    private static var lineItem: MockObject {
        var opportunity = Self.required(
            Self.reference("OpportunityId", "Opportunity ID", .createOnly)
        )
        opportunity.lookupRule = .cascade
        return Self.object(
            "OpportunityLineItem",
            "00k",
            label: "Opportunity Product",
            [
                opportunity,
                Self.field("SortOrder", "Sort Order", .int, 0, .writable),
                Self.required(
                    Self.reference("PricebookEntryId", "Price Book Entry ID", .createOnly)
                ),
                Self.reference("Product2Id", "Product ID", .readOnly),
                Self.text("ProductCode", "Product Code", 255, .readOnly),
                Self.text("Name", "Opportunity Product Name", 376, .readOnly),
                Self.required(Self.amount("Quantity", "Quantity", .double, .writable)),
                Self.amount("TotalPrice", "Total Price", .currency, .writable),
                Self.required(Self.amount("UnitPrice", "Sales Price", .currency, .writable)),
                Self.amount("ListPrice", "List Price", .currency, .readOnly),
                Self.field("ServiceDate", "Date", .date, 0, .writable),
                Self.text("Description", "Line Description", 255, .writable),
            ]
        )
    }

    private static func object(
        _ name: String,
        _ prefix: String,
        label: String,
        _ fields: [MockField]
    ) -> MockObject {
        var object = MockObject(name: name, keyPrefix: prefix, isWritable: true)
        object.label = label
        object.labelPlural = label.hasSuffix("y") ? label.dropLast() + "ies" : label + "s"
        var id = Self.field("Id", label + " ID", .id, 18, .readOnly)
        id.isNillable = false
        id.isIDLookup = true
        object.add(id)
        for field in fields { object.add(field) }
        for (name, label) in [
            ("CreatedDate", "Created Date"), ("LastModifiedDate", "Last Modified Date"),
            ("SystemModstamp", "System Modstamp"),
        ] {
            var stamp = Self.field(name, label, .datetime, 0, .readOnly)
            stamp.isNillable = false
            stamp.isGroupable = false
            object.add(stamp)
        }
        for (name, label) in [
            ("CreatedById", "Created By ID"), ("LastModifiedById", "Last Modified By ID"),
        ] {
            var author = Self.reference(name, label, .readOnly)
            author.referenceTo = ["User"]
            author.isNillable = false
            object.add(author)
        }
        object.add(Self.flag("IsDeleted", "Deleted", .readOnly))
        return object
    }

    private static func field(
        _ name: String,
        _ label: String,
        _ type: MockFieldType,
        _ length: Int,
        _ use: Use
    ) -> MockField {
        var field = MockField(name: name, label: label, type: type)
        field.length = length
        field.isCreateable = use != .readOnly
        field.isUpdateable = use == .writable
        if type == .textarea {
            (field.isFilterable, field.isSortable, field.isGroupable) = (false, false, false)
        }
        return field
    }

    private static func text(
        _ name: String,
        _ label: String,
        _ length: Int,
        _ use: Use
    ) -> MockField {
        Self.field(name, label, .string, length, use)
    }

    private static func flag(_ name: String, _ label: String, _ use: Use) -> MockField {
        var field = Self.field(name, label, .boolean, 0, use)
        field.isNillable = false
        field.isDefaultedOnCreate = true
        field.defaultValue = .boolean(false)
        return field
    }

    private static func picklist(
        _ name: String,
        _ label: String,
        _ values: [String]
    ) -> MockField {
        var field = Self.field(name, label, .picklist, 255, .writable)
        field.picklistValues = values
        return field
    }

    private static func reference(_ name: String, _ label: String, _ use: Use) -> MockField {
        var field = Self.field(name, label, .reference, 18, use)
        field.relationshipName = String(name.dropLast(2))
        field.referenceTo = [String(name.dropLast(2))]
        return field
    }

    /// Money, or a quantity.
    private static func amount(
        _ name: String,
        _ label: String,
        _ type: MockFieldType,
        _ use: Use
    ) -> MockField {
        var field = Self.field(name, label, type, 0, use)
        field.precision = 18
        field.scale = 2
        field.isGroupable = false
        return field
    }

    private static func required(_ field: MockField) -> MockField {
        var field = field
        field.isNillable = false
        return field
    }
}
