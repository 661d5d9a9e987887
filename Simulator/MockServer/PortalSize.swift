/// How many records of each kind are invented.
///
/// About half stand on both sides and a quarter on each side alone, so that each CRM gets three
/// quarters of every number and some duplicates.
package struct PortalSize: Sendable, Hashable {
    package var contacts: Int
    package var companies: Int
    package var deals: Int
    package var tickets: Int
    package var activities: Int

    package init(
        contacts: Int = 0,
        companies: Int = 0,
        deals: Int = 0,
        tickets: Int = 0,
        activities: Int = 0
    ) {
        self.contacts = contacts
        self.companies = companies
        self.deals = deals
        self.tickets = tickets
        self.activities = activities
    }
}
