package import CRMInterface

/// The least that Salesforce's integration user needs for a configuration, as a permission set.
///
/// Rights on fields that are required, or that everybody has who has the object, cannot be given (SOAP API:
/// describesobjects, `permissionable`); a part of an address has those of the whole address. Tasks and events have no
/// rights of their own, only their fields have, and what ties an opportunity to its people follows the opportunity
/// (Object Reference: OpportunityContactRole).
package struct PermissionSet: Sendable, Hashable {
    package struct Object: Sendable, Hashable {
        package var isCreated = false
        package var isEdited = false
        package var isDeleted = false
        /// Whether all its records are to be seen, whoever shares them.
        package var seesAll = false

        package init(
            isCreated: Bool = false,
            isEdited: Bool = false,
            isDeleted: Bool = false,
            seesAll: Bool = false
        ) {
            self.isCreated = isCreated
            self.isEdited = isEdited
            self.isDeleted = isDeleted
            self.seesAll = seesAll
        }
    }

    /// By the object's API name.
    package private(set) var objects: [String: Object] = [:]
    /// By object and field, as `Contact.Title`: whether it is written too.
    package private(set) var fields: [String: Bool] = [:]
    /// Rights on the whole org, by their API names.
    package private(set) var user: Set<String> = ["ApiEnabled", "ViewSetup"]
    /// Objects of which the user sees nothing yet: what is fixed there is not known before it does.
    package private(set) var unseen: [String] = []

    /// `rights`: what the org tells the integration user, or whoever asks for it.
    package init(_ needs: SalesforceNeeds, _ rights: AccessRights) {
        for need in needs.objects {
            let told = rights.objects[need.name]
            if told == nil { self.unseen.append(need.name) }
            self.addFields(of: need, told)
            if let right = Self.activities[need.name] {
                self.user.insert("ActivitiesAccess")
                if need.isCreated || need.isEdited || need.isDeleted { self.user.insert(right) }
            } else if let parent = need.followed {
                self.objects[parent, default: Object()].isEdited = true
            } else {
                self.add(need)
            }
        }
    }

    private mutating func add(_ need: SalesforceNeeds.Object) {
        var object = self.objects[need.name] ?? Object()
        object.isCreated = need.isCreated
        object.isDeleted = need.isDeleted
        // Who deletes must be let edit too (Salesforce Help: object permissions).
        object.isEdited = object.isEdited || need.isEdited || need.isDeleted
        object.seesAll = need.isMapped
        self.objects[need.name] = object
    }

    private mutating func addFields(of need: SalesforceNeeds.Object, _ told: AccessRights.Object?) {
        for (field, isWritten) in need.fields {
            let name = StandardFields.compound(of: field, on: need.name) ?? field
            if let told {
                guard name != field || !told.fixed.contains(field) else { continue }
                // One that only another object of the mapping has.
                let isThere = told.fields.contains(field) || told.hidden.contains(field)
                guard isThere || !need.shared.contains(field) else { continue }
            }
            let isFixed = StandardFields.isOpen(field, on: need.name)
            // One that another object may have alone is given once it is seen.
            let isDoubtful = told == nil && need.shared.contains(field)
            guard !isFixed, !isDoubtful, need.followed == nil || field.hasSuffix("__c") else {
                continue
            }
            let place = "\(need.name).\(name)"
            self.fields[place] = isWritten || self.fields[place] == true
        }
    }

    private static let activities = ["Task": "EditTask", "Event": "EditEvent"]
}
