/// Ties between the records of two mappings that Salesforce keeps as records of an object in between: the contact roles
/// of an opportunity, the members of a campaign.
///
/// HubSpot has them as associations, with labels. Either way a tie has no fields of its own that are synced but its
/// roles.
package struct RelationMapping: Sendable, Hashable {
    /// A label of HubSpot's and the value that says the same in Salesforce.
    package struct Label: Sendable, Hashable {
        package var kind: TieKind
        package var role: String

        package init(kind: TieKind, role: String) {
            self.kind = kind
            self.role = role
        }
    }

    /// A lookup of the object in between.
    package struct Lookup: Sendable, Hashable {
        /// The Salesforce object whose records it names.
        package var object: String
        /// Its place among the fields of `junction`.
        package var index: Int

        package init(object: String, index: Int) {
            self.object = object
            self.index = index
        }
    }

    /// What the store and messages call it: `deals with contacts`.
    package var name: String
    /// The mapping whose records have the others, and that of the others.
    package var parent: String
    package var child: String
    package var hubspotParent: String
    package var hubspotChild: String
    /// The kind of tie that says no more than that two records belong together.
    package var plain: TieKind
    package var labels: [Label]
    /// The object in between with the fields that are read: `salesforce` has it alone.
    package var junction: ObjectMapping
    package var parentLookup: Lookup
    package var childLookups: [Lookup]
    /// The place of the field that holds the role; `nil` where none is synced.
    package var roleIndex: Int?

    package init(
        name: String,
        parent: ObjectMapping,
        child: ObjectMapping,
        plain: TieKind,
        labels: [Label],
        junction: ObjectMapping,
        parentLookup: Lookup,
        childLookups: [Lookup],
        roleIndex: Int?
    ) {
        self.name = name
        self.parent = parent.name
        self.child = child.name
        self.hubspotParent = parent.hubspot.name
        self.hubspotChild = child.hubspot.name
        self.plain = plain
        self.labels = labels
        self.junction = junction
        self.parentLookup = parentLookup
        self.childLookups = childLookups
        self.roleIndex = roleIndex
    }

    /// The Salesforce object in between.
    package var object: ObjectMapping.Object { self.junction.salesforce[0] }

    package func field(_ index: Int) -> ObjectMapping.Field? { self.object.fields[index] }

    /// The lookup that names a record of Salesforce's at the other end; `nil` where none can.
    ///
    /// A lead is no contact; of which object a custom object's id is, it does not say.
    package func lookup(of id: String) -> Lookup? {
        guard let object = ObjectKind.salesforceObject(ofID: id) else {
            return self.childLookups.count == 1 ? self.childLookups.first : nil
        }
        return self.childLookups.first { $0.object == object }
    }

    /// What the ties that were agreed on were told apart by: with another object, other roles or labels they say
    /// nothing.
    package var makeUp: String {
        let fields = [self.parentLookup.index] + self.childLookups.map(\.index)
        let role = self.roleIndex.flatMap { self.field($0)?.name } ?? ""
        let labels = self.labels.map { "\($0.kind.isOwn) \($0.kind.id) \($0.role)" }.sorted()
        let parts = [self.object.name, role] + fields.compactMap { self.field($0)?.name } + labels
        return parts.joined(separator: "\n")
    }

    /// The roles that a label says, by its kind.
    package func role(of kind: TieKind) -> String? {
        self.labels.first { $0.kind.id == kind.id && $0.kind.isOwn == kind.isOwn }?.role
    }

    package func kind(of role: String) -> TieKind? {
        self.labels.first { $0.role == role }?.kind
    }

    /// The tie that a record in between is; `nil` where it names nobody at the other end.
    package func related(_ row: RecordRow) -> RelatedRecord? {
        let values = row.values.values
        let child = self.childLookups.lazy.map { values[$0.index] }.first { !$0.isBlank }
        guard let child else { return nil }
        var related = RelatedRecord(id: child.text, rowID: row.id)
        if let index = self.roleIndex, !values[index].isBlank {
            let role = values[index].text
            if self.kind(of: role) == nil { related.hasOwnRole = true } else { related.role = role }
        }
        return related
    }
}
