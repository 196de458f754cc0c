// A learned ranking of two questions and one tree, made by hand: small enough to know by heart what
// it has to say.
#pragma once

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "kiosk/law/candidate_features.h"
#include "kiosk/law/index.h"
#include "kiosk/law/index_builder.h"
#include "kiosk/law/learned_file.h"
#include "kiosk/law/precedents.h"

namespace test {

struct Learning {
  std::string question;
  std::string law;
  law::ArticleNumber number;
};

// Questions are taken to have nothing in common: the kernel is a number on the diagonal.
inline law::Learned learned_of(const std::vector<Learning>& list) {
  law::Learned learned;
  learned.questions = static_cast<std::uint32_t>(list.size());
  learned.unseen_weight = 1;
  std::map<std::uint32_t, std::vector<law::TermUse>> uses;
  std::map<std::pair<std::uint64_t, std::uint16_t>, law::ArticleName> articles;
  for (std::uint16_t i = 0; i < list.size(); ++i) {
    const auto hashes = law::question_hashes(list[i].question);
    const double weight = 65535 / std::sqrt(static_cast<double>(hashes.size()));
    for (const auto hash : hashes) {
      uses[hash].push_back({i, static_cast<std::uint16_t>(weight)});
    }
    law::ArticleName name{law::hash_of(law::title_key(list[i].law))};
    name.number = static_cast<std::uint16_t>(list[i].number.number);
    name.branch = static_cast<std::uint16_t>(list[i].number.branch);
    articles[{name.law, static_cast<std::uint16_t>(name.number * 16 + name.branch)}] = name;
  }
  for (const auto& [hash, own] : uses) {
    learned.terms.push_back({hash, static_cast<std::uint32_t>(learned.uses.size()),
                             static_cast<std::uint32_t>(own.size()), 1});
    learned.uses.insert(learned.uses.end(), own.begin(), own.end());
  }
  for (const auto& [key, name] : articles) learned.articles.push_back(name);
  for (std::uint16_t i = 0; i < list.size(); ++i) {
    for (std::uint16_t article = 0; article < learned.articles.size(); ++article) {
      const law::ArticleName& name = learned.articles[article];
      if (name.law == law::hash_of(law::title_key(list[i].law)) &&
          name.number == list[i].number.number && name.branch == list[i].number.branch) {
        learned.answers.push_back({i, article, 1});
      }
    }
    learned.kernel_rows.push_back({1, 0});
    learned.square_rows.push_back({1, 0});
    learned.expansion_ranges.push_back({0, 0});
  }
  learned.kernel.assign(list.size() * list.size(), 0);
  learned.square = learned.kernel;
  learned.cut_ranges.resize(law::feature_count);
  return learned;
}

struct LayArticle {
  std::string law;
  law::ArticleNumber number;
  std::vector<std::string> lines;
};

// Lay lines for articles of one law, by number.
inline void add_lay_lines(law::Learned& learned, const std::vector<LayArticle>& articles) {
  law::IndexBuilder builder;
  for (const LayArticle& each : articles) {
    law::ArticleName name{law::hash_of(law::title_key(each.law))};
    name.number = static_cast<std::uint16_t>(each.number.number);
    name.branch = static_cast<std::uint16_t>(each.number.branch);
    learned.lay_articles.push_back(name);
    for (const std::string& line : each.lines) {
      learned.lay_lines.push_back(static_cast<law::LayLine>(learned.lay_articles.size() - 1));
      builder.add(static_cast<std::uint32_t>(learned.lay_lines.size()), line);
    }
  }
  law::BuiltIndex built = std::move(builder).finish();
  learned.lay_heads = std::move(built.heads);
  learned.lay_dictionary = std::move(built.dictionary);
  learned.lay_postings = std::move(built.postings);
}

// One tree: an article whose feature is not below the cut has 1, any other 0.
inline void grow_one(law::Learned& learned, law::Feature feature, float cut) {
  const auto number = static_cast<std::size_t>(feature);
  learned.cuts = {cut};
  learned.cut_ranges.assign(law::feature_count, {0, 0});
  learned.cut_ranges[number] = {0, 1};
  learned.nodes = {{static_cast<std::uint8_t>(number), 0, 1, 0},
                   {0, law::TreeNode::no_cut, 1, 0},
                   {0, law::TreeNode::no_cut, 2, 1}};
  learned.tree_ranges = {{0, 3}};
}

}  // namespace test
