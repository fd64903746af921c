#include "iam/principal.h"

#include <gtest/gtest.h>

namespace sallyport::iam {
namespace {

TEST(Principal, IsReadFromWhatAwsWrites) {
  const auto is = [](const char* text, PrincipalType type, std::string_view account, std::string_view role = "") {
    const auto p = parse_principal(text);
    ASSERT_TRUE(p) << text;
    EXPECT_EQ(p->type, type) << text;
    EXPECT_EQ(p->account, account) << text;
    EXPECT_EQ(p->role, role) << text;
  };
  is("arn:aws:iam::111122223333:user/team/ana", PrincipalType::user, "111122223333");
  is("arn:aws-cn:iam::111122223333:role/team/app", PrincipalType::role, "111122223333", "app");
  is("arn:aws:sts::111122223333:assumed-role/app/i-0abc", PrincipalType::session, "111122223333", "app");
  is("arn:aws:sts::111122223333:federated-user/carol", PrincipalType::federated_user, "111122223333");
  is("arn:aws:iam::111122223333:root", PrincipalType::root, "111122223333");
  is("lambda.amazonaws.com", PrincipalType::service, "");
  is("ec2.amazonaws.com.cn", PrincipalType::service, "");
  is("accounts.google.com", PrincipalType::provider, "");
  is("www.amazon.com", PrincipalType::provider, "");
  is("arn:aws:iam::111122223333:saml-provider/idp", PrincipalType::provider, "");
  is("anonymous", PrincipalType::anonymous, "");
}

TEST(Principal, AnythingElseIsAnErrorThatSaysWhatIsAccepted) {
  for (const char* text :
       {"", "*", "arn:", "arn:aws:iam::111122223333:role/", "arn:aws:iam::111122223333:user/", "nobody",
        "arn:aws:sts::111122223333:assumed-role/app", "arn:aws:sts::111122223333:assumed-role/app/",
        "arn:aws:iam::*:role/app", "arn:aws:s3:::b", "111122223333", "arn:aws:iam::111122223333:group/g"}) {
    const auto p = parse_principal(text);
    ASSERT_FALSE(p) << text;
    EXPECT_FALSE(p.error().hint.empty());
  }
}

TEST(Principal, ServiceLinkedRolesShowByTheirPathSessionsOnlyByAReservedName) {
  const auto linked = [](const char* text) { return parse_principal(text)->service_linked; };
  EXPECT_EQ(linked("arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"),
            Truth::yes);
  EXPECT_EQ(linked("arn:aws:iam::111122223333:role/AWSServiceRoleForECS"), Truth::no);
  EXPECT_EQ(linked("arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForECS/s"), Truth::unknown);
  EXPECT_EQ(linked("arn:aws:sts::111122223333:assumed-role/app/s"), Truth::no);
}

}  // namespace
}  // namespace sallyport::iam
