/// The rows of another object that point to an object.
struct MockChildRelationship: Sendable, Hashable {
    /// As sub-selects name it; `nil` where they cannot.
    var name: String?
    var table: Int
    var place: Int

    /// What standard objects call their children.
    ///
    /// From the relationship diagrams of the object reference; what is not here has no name.
    static let standardNames: [String: String] = [
        "Account.ParentId": "ChildAccounts",
        "Campaign.ParentId": "ChildCampaigns",
        "CampaignMember.CampaignId": "CampaignMembers",
        "CampaignMember.ContactId": "CampaignMembers",
        "CampaignMember.LeadId": "CampaignMembers",
        "Case.AccountId": "Cases",
        "Case.ContactId": "Cases",
        "Case.ParentId": "Cases",
        "Contact.AccountId": "Contacts",
        "Event.WhatId": "Events",
        "Event.WhoId": "Events",
        "Opportunity.AccountId": "Opportunities",
        "Opportunity.CampaignId": "Opportunities",
        "OpportunityContactRole.ContactId": "OpportunityContactRoles",
        "OpportunityContactRole.OpportunityId": "OpportunityContactRoles",
        "OpportunityLineItem.OpportunityId": "OpportunityLineItems",
        "OpportunityLineItem.PricebookEntryId": "OpportunityLineItems",
        "OpportunityLineItem.Product2Id": "OpportunityLineItems",
        "Opportunity.Pricebook2Id": "Opportunities",
        "PricebookEntry.Pricebook2Id": "PricebookEntries",
        "PricebookEntry.Product2Id": "PricebookEntries",
        "ObjectPermissions.ParentId": "ObjectPerms",
        "PermissionSetAssignment.AssigneeId": "PermissionSetAssignments",
        "PermissionSetAssignment.PermissionSetId": "Assignments",
        "Task.WhatId": "Tasks",
        "Task.WhoId": "Tasks",
        "User.ProfileId": "Users",
        "User.UserRoleId": "Users",
    ]
}
